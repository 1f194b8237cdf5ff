import dns from "node:dns";
import { describe, expect, test, vi } from "vitest";
import { describedBody } from "../../harness/body.ts";
import { openClient } from "../../harness/client.ts";
import { answer, render } from "../../harness/faults/content.ts";
import { holdPort } from "../../harness/net/held-port.ts";
import type { Stage } from "../../harness/stage.ts";
import { answering, askOnce, nonce, notedClient, rawServer } from "./raw-server.ts";

const origin = "HTTP/1.1 200 OK\r\nX-Origin: {nonce}\r\n";
const whole = `${origin}Content-Length: 2\r\n\r\nok`;
const body = describedBody(nonce, 100).toString("latin1");
/** What a backend of ours sends ahead of its body's length, which a proxy may get wrong. */
const promised = Buffer.from(render(answer(), { nonce } as Stage))
  .toString("latin1")
  .replace(/Content-Length:.*/s, "");

describe("every outcome", () => {
  test.each<[outcome: string, ending: string, text: string]>([
    ["clean", "whole", whole],
    ["clean", "whole", `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${body}`],
    ["clean", "whole", `${origin}X-Body: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
    ["relayed(404)", "whole", "HTTP/1.1 404 Not Found\r\nX-Origin: {nonce}\r\nContent-Length: 0\r\n\r\n"],
    ["own(502)", "whole", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad"],
    ["own(200)", "whole", `HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n${body.replaceAll(nonce, "deadbeef")}`],
    ["silent", "whole", `${origin}Content-Length: 99\r\n\r\n${body.slice(0, 99)}`],
    ["silent", "whole", `HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n${body.slice(0, 20)}`],
    ["silent", "whole", `${origin}X-Body: 100\r\nContent-Length: 0\r\n\r\n`],
    [
      "silent",
      "whole",
      `${origin}X-Body: 100\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n${body.slice(0, 5)}\r\n0\r\n\r\n`,
    ],
    ["silent", "whole", `${promised}Content-Length: 0\r\n\r\n`],
    ["silent", "whole", `${promised}Content-Length: 5\r\n\r\nother`],
    ["relayed(502)", "whole", `${promised.replace("200 OK", "502 Bad Gateway")}Content-Length: 0\r\n\r\n`],
    ["cut", "malformed", `${origin}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
    ["raw", "malformed", "220 smtp.example.net ESMTP\r\n"],
  ])("%s (%s) for %j", async (outcome, ending, text) => {
    expect(await askOnce(answering(text))).toMatchObject({ outcome, ending });
  });

  test.each<[outcome: string, text: string]>([
    ["clean", `${origin}\r\n${body}`],
    ["own(502)", "HTTP/1.0 502 Bad Gateway\r\n\r\nbad"],
    ["silent", `${origin}\r\n${body.slice(0, 99)}`],
    ["cut", `${origin}Content-Length: 100\r\n\r\n${body.slice(0, 99)}`],
    ["cut", `${origin}Transfer-Encoding: chunked\r\n\r\n64\r\n${body}\r\n`],
    ["cut", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 9\r\n\r\nbad"],
    ["raw", "HTTP/1.1 200 OK\r\nX-Or"],
    ["closed", "HTTP/1.1 100 Continue\r\n\r\n"],
    ["closed", ""],
  ])("%s when FIN follows %j", async (outcome, text) => {
    const reply = await askOnce(answering(text, (socket) => socket.end()));
    expect(reply).toMatchObject({ outcome, ending: "fin", received: { bytes: text.replace("{nonce}", nonce).length } });
  });

  test.each<[outcome: string, text: string]>([
    ["cut", `${origin}\r\n${body}`],
    ["cut", `${origin}Content-Length: 100\r\n\r\n`],
    ["closed", ""],
  ])("%s when RST follows %j", async (outcome, text) => {
    // The RST goes out only when the client has read what came before it.
    await using server = await rawServer(
      answering(text, (socket) => reset.promise.then(() => socket.resetAndDestroy())),
    );
    const reset = Promise.withResolvers<void>();
    await using client = openClient(server.url, {
      nonce,
      patience: 5_000,
      note: (act) => act === "head" && reset.resolve(),
    });
    if (text === "") reset.resolve();
    expect(await client.ask({ method: "GET", path: "/", fields: {}, on: "fresh" })).toMatchObject({
      outcome,
      ending: "rst",
    });
  });

  test.each(["", "HTTP/1.1 200", `${origin}Content-Length: 100\r\n\r\n${body.slice(0, 50)}`])(
    "hang when silence follows %j",
    async (text) => {
      const reply = await askOnce(answering(text), {}, 60);
      expect(reply).toMatchObject({ outcome: "hang", ending: "deadline" });
      expect(reply.took).toBeGreaterThanOrEqual(59);
    },
  );

  test("closed when the connection is refused", async () => {
    await using held = await holdPort("127.0.0.1");
    const { client, acts } = notedClient(new URL(`http://127.0.0.1:${held.port}`));
    await using asking = client;
    const reply = await asking.ask({ method: "GET", path: "/", fields: {}, on: "fresh" });
    expect(reply).toMatchObject({ outcome: "closed", ending: "rst", sent: { bytes: 0 }, received: { bytes: 0 } });
    expect(acts).toContain("refused: ECONNREFUSED");
  });

  test("closed when every address of a name refuses the connection", async () => {
    await using held = await holdPort("127.0.0.1");
    const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
    const told = (_name: string, _options: unknown, tell: (error: null, found: typeof addresses) => void) =>
      tell(null, addresses);
    using _lookup = vi.spyOn(dns, "lookup").mockImplementation(told as unknown as typeof dns.lookup);
    const { client, acts } = notedClient(new URL(`http://proxy.test:${held.port}`));
    await using asking = client;
    expect(await asking.ask({ method: "GET", path: "/", fields: {}, on: "fresh" })).toMatchObject({
      outcome: "closed",
      ending: "rst",
    });
    expect(acts).toContain("refused: ECONNREFUSED");
  });

  test("an error of our own is thrown, not laid at the proxy's door", async () => {
    const { client } = notedClient(new URL("http://badgateway.invalid:1"));
    await using asking = client;
    const asked = asking.ask({ method: "GET", path: "/there", fields: {}, on: "fresh" });
    await expect(asked).rejects.toThrow(/^The client could not ask GET \/there: /);
  });

  test("only http and https routes are spoken to", () => {
    expect(() => notedClient(new URL("ftp://127.0.0.1"))).toThrow(
      "wanted an http: or https: URL, got ftp://127.0.0.1/",
    );
  });
});

describe("the record", () => {
  test("holds what went out and what came back, byte for byte", async () => {
    await using server = await rawServer(answering(whole));
    const { client, acts } = notedClient(server.url);
    await using asking = client;
    const fields = { "X-Odd": "\xe9", Accept: "*/*" };
    const reply = await asking.ask({ method: "PUT", path: "//a//b?c", fields, body: Buffer.from("body"), on: "fresh" });
    const head = `PUT //a//b?c HTTP/1.1\r\nHost: ${server.url.host}\r\nX-Odd: \xe9\r\nAccept: */*\r\nContent-Length: 4\r\n\r\n`;
    const answer = whole.replace("{nonce}", nonce);
    expect(reply.sent).toEqual({ bytes: head.length + 4, first: `${head}body` });
    expect(reply.received).toEqual({ bytes: answer.length, first: answer });
    expect(reply.response).toEqual({
      status: 200,
      reason: "OK",
      fields: [
        ["X-Origin", nonce],
        ["Content-Length", "2"],
      ],
      interim: [],
      bodyBytes: 2,
      fromOrigin: true,
      framed: true,
    });
    expect(acts).toEqual(["asked: PUT //a//b?c", "body sent: 4", "head: 200 OK", "answered: clean, whole"]);
  });

  test("tells interim responses, and the final one apart from them", async () => {
    const reply = await askOnce(answering(`HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n${whole}`));
    expect(reply).toMatchObject({ outcome: "clean", response: { interim: [103] } });
    expect(reply.acts).toContain("interim: 103");
  });

  test("shows a second response behind the first", async () => {
    const second = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    const reply = await askOnce(answering(whole + second));
    expect(reply).toMatchObject({ outcome: "clean", response: { extra: second.length } });
    expect(reply.received.first.endsWith(second)).toBe(true);
    expect(reply.acts).toContain(`extra: ${second.length}`);
  });

  test("a body in the chunked coding goes out in it", async () => {
    const request = { method: "POST", fields: { "Transfer-Encoding": "chunked" }, body: Buffer.from("hello") };
    const { sent } = await askOnce(answering(whole), request);
    expect(sent.first).toMatch(/\r\n\r\n5\r\nhello\r\n0\r\n\r\n$/);
    expect(sent.first).not.toMatch(/content-length/i);
  });

  test("HEAD and 304 have no body to wait for", async () => {
    const reply = await askOnce(answering(`${origin}X-Body: 100\r\nContent-Length: 100\r\n\r\n`), { method: "HEAD" });
    expect(reply).toMatchObject({ outcome: "clean", response: { bodyBytes: 0, framed: true } });
    expect(await askOnce(answering("HTTP/1.1 304 Not Modified\r\nX-Origin: {nonce}\r\n\r\n"))).toMatchObject({
      outcome: "relayed(304)",
    });
  });
});

test("what an exchange leaves open, disposing closes", async () => {
  const gone = Promise.withResolvers<void>();
  await using server = await rawServer((socket) => {
    socket.on("close", () => gone.resolve());
    answering(whole)(socket);
    socket.on("end", () => socket.end());
  });
  {
    await using client = notedClient(server.url).client;
    await client.ask({ method: "GET", path: "/", fields: {}, on: "fresh" });
  }
  await gone.promise;
});

test("a client that is closed does not wait for an answer any more, and asks nothing", async () => {
  const asked = Promise.withResolvers<void>();
  await using server = await rawServer((socket) => socket.once("data", () => asked.resolve()));
  const { client, acts } = notedClient(server.url);
  const request = { method: "GET", path: "/", fields: {}, on: "fresh" } as const;
  const asking = client.ask(request);
  asking.catch(() => {}); // looked at below
  await asked.promise;
  await client[Symbol.asyncDispose]();
  await expect(asking).rejects.toThrow("the client has been closed");
  await expect(client.ask(request)).rejects.toThrow("the client has been closed");
  expect({ acts, connections: server.accepted }).toEqual({ acts: ["asked: GET /"], connections: 1 });
});

test("an IPv6 loopback address is asked too", async ({ skip }) => {
  const held = await holdPort("::1").catch(() => undefined);
  if (held === undefined) return skip("this machine has no IPv6 loopback address");
  await using _ = held;
  const { client, acts } = notedClient(new URL(`http://[::1]:${held.port}`));
  await using asking = client;
  expect(await asking.ask({ method: "GET", path: "/", fields: {}, on: "fresh" })).toMatchObject({ outcome: "closed" });
  expect(acts).toContain("refused: ECONNREFUSED");
});
