import request from "supertest";
import { describe, expect, test } from "vitest";
import { answer, gateway, openLab, pause, readRequest, send, silence, wire } from "../../harness/index.ts";

describe("what yields 504", () => {
  test("a backend that takes the request and says nothing", async () => {
    const upstreams = [wire(readRequest(), silence())];
    await using lab = await openLab({ proxy: gateway, upstreams, timers: { head: 100 } });
    const response = await request(lab.url).get("/").expect(504);
    expect(response.headers["proxy-status"]).toContain("error=connection_read_timeout");
  });

  test("a backend that answers too late, unless the timer is raised", async () => {
    const late = wire(readRequest(), pause(250), send(answer()));
    await using impatient = await openLab({ proxy: gateway, upstreams: [late], timers: { head: 100 } });
    await request(impatient.url).get("/").expect(504);
    await using patient = await openLab({ proxy: gateway, upstreams: [late], timers: { head: 2_000 } });
    await request(patient.url).get("/").expect(200);
  });
});
