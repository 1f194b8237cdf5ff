import request from "supertest";
import { describe, expect, test } from "vitest";
import { fin, gateway, head, openLab, pause, readRequest, rst, send, wire } from "../../harness/index.ts";

// How a user writes a spec of their own: a fault behind, a proxy in front, any client to ask.

describe("what yields 502", () => {
  test("a backend that resets the connection is a 502", async () => {
    await using lab = await openLab({ proxy: gateway, upstreams: [wire(readRequest(), rst())] });
    await request(lab.url).get("/").expect(502);
  });

  test("the gateway says why, in the words of RFC 9209", async () => {
    await using lab = await openLab({ proxy: gateway, upstreams: [wire(readRequest(), rst())] });
    const response = await request(lab.url).get("/");
    expect(response.headers["proxy-status"]).toContain("error=connection_terminated");
    expect(lab.timeline.map(({ act }) => act)).toContain("rst");
  });

  test("a backend that closes in the middle of the response head", async () => {
    const upstream = wire(readRequest(), send("HTTP/1.1 200 OK\r\nContent-Ty"), fin());
    await using lab = await openLab({ proxy: gateway, upstreams: [upstream] });
    const response = await request(lab.url).get("/").expect(502);
    expect(response.headers["proxy-status"]).toContain("error=http_response_incomplete");
  });

  test("a backend that does not speak HTTP", async () => {
    await using lab = await openLab({ proxy: gateway, upstreams: [wire(send("SSH-2.0-OpenSSH_9.6\r\n"))] });
    const response = await request(lab.url).get("/").set("Accept", "application/json").expect(502);
    expect(response.body).toMatchObject({ status: 502, error: "http_protocol_error" });
  });

  test("nothing of the upstream's head is left in the gateway's own answer", async () => {
    const upstream = wire(readRequest(), send("HTTP/1.1 200 OK\r\nContent-Length: -1\r\nX-Secret: 1\r\n\r\n"));
    await using lab = await openLab({ proxy: gateway, upstreams: [upstream] });
    const response = await request(lab.url).get("/").expect(502);
    expect(response.headers).not.toHaveProperty("x-secret");
  });
});

describe("what is no 502", () => {
  test("a backend that dies when its head is out: the message is broken off instead", async () => {
    const upstream = wire(
      readRequest(),
      send(head("200 OK", { "Content-Length": 100 }), "only this"),
      pause(50),
      fin(),
    );
    await using lab = await openLab({ proxy: gateway, upstreams: [upstream] });
    await expect(request(lab.url).get("/")).rejects.toThrow(/aborted|hang up/);
  });
});
