import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { withDeadline } from "../../harness/net/deadline.ts";
import { errorOf, get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const partialHead = "HTTP/1.1 200 OK\r\nX-A: 1\r\nX-";
const head = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

/** Lets what was written reach the gateway before the next act. */
const soon = (act: () => void) => void setTimeout(act, 40);

const before: Record<string, { play: (socket: Socket) => void; error: string }> = {
  "FIN on accept": { play: (socket) => socket.end(), error: "connection_terminated" },
  "RST on accept": { play: (socket) => socket.resetAndDestroy(), error: "connection_terminated" },
  "FIN after the request": { play: (socket) => onRequest(socket, () => socket.end()), error: "connection_terminated" },
  "RST after the request": {
    play: (socket) => onRequest(socket, () => socket.resetAndDestroy()),
    error: "connection_terminated",
  },
  "FIN in the status line": {
    play: (socket) => onRequest(socket, () => socket.end("HTTP/1.1 2")),
    error: "http_response_incomplete",
  },
  "FIN in the head": {
    play: (socket) => onRequest(socket, () => socket.end(partialHead)),
    error: "http_response_incomplete",
  },
  "RST in the head": {
    play: (socket) =>
      onRequest(socket, () => {
        socket.write(partialHead);
        soon(() => socket.resetAndDestroy());
      }),
    error: "connection_terminated",
  },
  "FIN after an interim response": {
    play: (socket) => onRequest(socket, () => socket.end("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")),
    error: "http_response_incomplete",
  },
};

for (const [what, { play, error }] of Object.entries(before)) {
  test(`${what}: 502 ${error}`, async () => {
    await using scene = await stand(play);
    const reply = await scene.ask(get());
    expect([statusOf(reply), errorOf(reply), reply.ending]).toEqual([502, error, "fin"]);
    expect(reply.text).not.toContain("X-A");
  });
}

const chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
const within: Record<string, { bytes: string; end: "end" | "resetAndDestroy"; cause: string }> = {
  "FIN before the body": { bytes: head, end: "end", cause: "http_response_incomplete" },
  "FIN in the body": { bytes: `${head}half`, end: "end", cause: "http_response_incomplete" },
  "RST in the body": { bytes: `${head}half`, end: "resetAndDestroy", cause: "connection_terminated" },
  "FIN in a chunk": { bytes: `${chunkedHead}8\r\nhalf`, end: "end", cause: "http_response_incomplete" },
  "FIN without the last chunk": { bytes: `${chunkedHead}4\r\nhalf\r\n`, end: "end", cause: "http_response_incomplete" },
  "RST in a close-delimited body": {
    bytes: "HTTP/1.1 200 OK\r\n\r\nhalf",
    end: "resetAndDestroy",
    cause: "connection_terminated",
  },
};

for (const [what, { bytes, end, cause }] of Object.entries(within)) {
  test(`${what}: the message is cut, and what came is passed on`, async () => {
    await using scene = await stand((socket) =>
      onRequest(socket, () => {
        socket.write(bytes);
        soon(() => socket[end]());
      }),
    );
    const reply = await scene.ask(get());
    expect(statusOf(reply)).toBe(200);
    if (bytes.includes("half")) expect(reply.text).toContain("half");
    expect(reply.text.endsWith("0\r\n\r\n")).toBe(false);
    expect(scene.records.map((record) => [record.outcome, record.cause])).toEqual([["cut", cause]]);
  });
}

test("a cut message without length to an HTTP/1.0 client ends in RST", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => {
      socket.write(`${chunkedHead}4\r\nhalf\r\n`);
      soon(() => socket.end());
    }),
  );
  const reply = await scene.ask("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
  expect(reply.ending).toBe("rst");
  expect(reply.text).not.toContain("chunked");
});

test("a close-delimited response that ends by FIN is whole", async () => {
  await using scene = await stand((socket) => onRequest(socket, () => socket.end("HTTP/1.1 200 OK\r\n\r\nhello")));
  const reply = await scene.ask(get());
  expect(reply.text).toMatch(/5\r\nhello\r\n0\r\n\r\n$/);
});

test.each(["end", "resetAndDestroy"] as const)("an upload broken off by %s is answered with 502", async (act) => {
  await using scene = await stand((socket) => socket.once("data", () => socket[act]()));
  const reply = await scene.ask(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\nConnection: close\r\n\r\nfirst${"x".repeat(4_995)}`,
  );
  expect([statusOf(reply), errorOf(reply)]).toEqual([502, "connection_terminated"]);
});

test("an early refusal is relayed while the upload still runs", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () =>
      socket.end("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig"),
    ),
  );
  const upload = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\nConnection: close\r\n\r\n${"x".repeat(200_000)}`;
  const reply = await scene.ask(upload);
  expect(reply.text).toMatch(/^HTTP\/1\.1 413 .*big$/s);
});

test("a client that leaves ends the request at the upstream", async () => {
  const asked = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  await using scene = await stand(
    (socket) => {
      socket.once("close", () => ended.resolve());
      onRequest(socket, () => asked.resolve());
    },
    { timers: { ...shortTimers, head: 10_000 } },
  );
  const client = connect(Number(scene.gateway.url.port), "127.0.0.1");
  client.write(get());
  await asked.promise;
  client.destroy();
  await withDeadline(ended.promise, 2_000, "the upstream's connection did not end");
});
