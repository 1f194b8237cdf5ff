import request from "supertest";
import { describe, expect, test } from "vitest";
import { fin, head, openLab, pause, readRequest, refused, rst, send, silence, wire } from "../../harness/index.ts";
import "../../harness/vitest/index.ts";

const half = wire(readRequest(), send(head("200 OK", { "Content-Length": 100 }), "only this"), pause(50), fin());

describe("matchers", () => {
  test("on a response of supertest", async () => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [wire(readRequest(), rst())] });
    expect(await request(lab.url).get("/")).toBeBadGateway({ cause: "connection_terminated" });
  });

  test("on a response of fetch", async () => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [refused()] });
    expect(await fetch(lab.url)).toBeBadGateway({ cause: "connection_refused" });
  });

  test("on an exchange of the lab's own client", async () => {
    const upstreams = [wire(readRequest(), silence())];
    await using lab = await openLab({ proxy: "gateway", upstreams, timers: { head: 100 } });
    expect(await lab.ask({ method: "POST", body: 1_000 })).toBeGatewayTimeout({ after: 100 });
  });

  test("in time, whichever client asks", async () => {
    const upstreams = [wire(readRequest(), silence())];
    await using lab = await openLab({ proxy: "gateway", upstreams, timers: { head: 200 } });
    expect(await request(lab.url).get("/")).toBeGatewayTimeout({ after: 200 });
    await expect(fetch(lab.url)).toBeGatewayTimeout({ after: 200, within: 5_000 });
  });

  test("on a message that is broken off", async () => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [half] });
    await expect(request(lab.url).get("/")).toBeBrokenOff();
    await expect(fetch(lab.url)).toBeBrokenOff();
    expect(await lab.ask()).toBeBrokenOff();
  });

  test("on the error that a client makes of it", async () => {
    await using lab = await openLab({ proxy: "gateway", upstreams: [half] });
    await expect(request(lab.url).get("/")).rejects.toBeBrokenOff();
    const response = await fetch(lab.url);
    await expect(response.text()).rejects.toBeBrokenOff();
  });

  test("a gateway that may open no more connections", async () => {
    const upstreams = [wire(readRequest(), silence())];
    await using lab = await openLab({ proxy: "gateway", upstreams, plan: { connections: 1 } });
    const first = lab.ask();
    await lab.noted("request-read");
    await expect(fetch(lab.url)).toBeServiceUnavailable({ cause: "connection_limit_reached" });
    expect(await first).toBeGatewayTimeout();
  });
});
