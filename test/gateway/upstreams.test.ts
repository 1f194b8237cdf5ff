import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { withDeadline } from "../../harness/net/deadline.ts";
import { backend, deadBackend } from "./backend.ts";
import { errorOf, get, onRequest, type Reply, type Stand, shortTimers, stand, statusOf } from "./stand.ts";

const answering = (word: string) => (socket: Socket) =>
  onRequest(socket, () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${word.length}\r\n\r\n${word}`));
const none = () => {};
const post = `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello`;
const bodyOf = ({ text }: Reply) => text.slice(text.indexOf("\r\n\r\n") + 4);

async function asks(scene: Stand, count: number, text = get()): Promise<Reply[]> {
  const replies: Reply[] = [];
  while (replies.length < count) replies.push(await scene.ask(text));
  return replies;
}

test("upstreams take turns", async () => {
  await using one = await backend(answering("one"));
  await using two = await backend(answering("two"));
  await using scene = await stand(none, { upstreams: [one.url, two.url] });
  expect((await asks(scene, 4)).map(bodyOf)).toEqual(["one", "two", "one", "two"]);
});

test("without retries one dead of two fails every second request", async () => {
  await using one = await backend(answering("one"));
  await using dead = await deadBackend();
  await using scene = await stand(none, { upstreams: [one.url, dead.url] });
  expect((await asks(scene, 4)).map(statusOf)).toEqual([200, 502, 200, 502]);
});

test("a connection that was refused may go to the next upstream, even a POST", async () => {
  await using one = await backend(answering("one"));
  await using dead = await deadBackend();
  await using scene = await stand(none, { upstreams: [dead.url, one.url], retries: 1 });
  expect((await asks(scene, 2, post)).map(statusOf)).toEqual([200, 200]);
  expect(one.heard.join("").match(/hello/g)).toHaveLength(2);
});

test("when all are dead each is tried once", async () => {
  await using first = await deadBackend();
  await using second = await deadBackend();
  await using third = await deadBackend();
  await using scene = await stand(none, { upstreams: [first.url, second.url, third.url], retries: 9 });
  const reply = await scene.ask(get());
  expect([statusOf(reply), errorOf(reply)]).toEqual([502, "connection_refused"]);
  expect(scene.records[0]?.upstreams).toHaveLength(3);
});

test.each(["GET", "HEAD", "PUT", "DELETE"])(
  "a %s without content is sent again to the next upstream",
  async (method) => {
    await using dying = await backend((socket) => onRequest(socket, () => socket.end()));
    await using one = await backend(answering("one"));
    await using scene = await stand(none, { upstreams: [dying.url, one.url], retries: 1 });
    expect(statusOf(await scene.ask(get().replace("GET", method)))).toBe(200);
    expect([dying.heard.length, one.heard.length]).toEqual([1, 1]);
  },
);

test.each([
  ["POST with content", post],
  ["POST without content", get().replace("GET", "POST")],
  ["PUT with content", post.replace("POST", "PUT")],
  ["method nobody knows", get().replace("GET", "PURGE")],
])("a %s is never repeated once it was sent", async (_what, text) => {
  await using dying = await backend((socket) => onRequest(socket, () => socket.end()));
  await using one = await backend(answering("one"));
  await using scene = await stand(none, { upstreams: [dying.url, one.url], retries: 1 });
  expect(statusOf(await scene.ask(text))).toBe(502);
  expect([dying.heard.length, one.heard.length]).toEqual([1, 0]);
});

test("silence is not repeated: who is slow is at work", async () => {
  await using slow = await backend(none);
  await using one = await backend(answering("one"));
  await using scene = await stand(none, { upstreams: [slow.url, one.url], retries: 1 });
  expect(errorOf(await scene.ask(get()))).toBe("connection_read_timeout");
  expect(one.heard).toEqual([]);
});

test.each([
  ["terminated", ["connecting", "terminated"], 200],
  ["terminated", ["connecting"], 502],
  ["terminated", ["silence"], 502],
  ["silent", ["silence"], 200],
  ["silent", ["connecting", "terminated"], 504],
] as const)(
  "who is told to try again after what, where the first is %s and after is %j: %i",
  async (how, after, status) => {
    await using first = await backend((socket) =>
      onRequest(socket, () => how === "terminated" && socket.resetAndDestroy()),
    );
    await using one = await backend(answering("one"));
    const tries = { most: 2, after, at: "others" } as const;
    await using scene = await stand(none, { upstreams: [first.url, one.url], tries });
    expect(statusOf(await scene.ask(get()))).toBe(status);
    expect([first.heard.length, one.heard.length]).toEqual([1, status === 200 ? 1 : 0]);
  },
);

test("the total timer is for all tries: when it runs out nobody is asked again", async () => {
  await using slow = await backend(none);
  await using one = await backend(answering("one"));
  await using scene = await stand(none, {
    upstreams: [slow.url, one.url],
    tries: { most: 2, after: ["silence"], at: "others" },
    timers: { ...shortTimers, head: 0, total: 100 },
  });
  expect(errorOf(await scene.ask(get()))).toBe("http_response_timeout");
  expect(one.heard).toEqual([]);
});

test("a response that has begun is not repeated but cut", async () => {
  await using dying = await backend((socket) =>
    onRequest(socket, () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
      setTimeout(() => socket.end(), 40);
    }),
  );
  await using one = await backend(answering("one"));
  await using scene = await stand(none, { upstreams: [dying.url, one.url], retries: 1 });
  await scene.ask(get());
  expect(scene.records.map(({ outcome }) => outcome)).toEqual(["cut"]);
  expect(one.heard).toEqual([]);
});

test.each(["end", "resetAndDestroy"] as const)(
  "a kept connection that dies by %s under a GET is replaced once",
  async (act) => {
    await using scene = await stand((socket) =>
      onRequest(socket, (request) =>
        request === 0 ? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") : socket[act](),
      ),
    );
    expect((await asks(scene, 3)).map(statusOf)).toEqual([200, 200, 200]);
    expect(scene.heard).toHaveLength(3);
  },
);

test("under a limit of one connection a dead one makes room for the fresh one", async () => {
  await using scene = await stand(
    (socket) =>
      onRequest(socket, (request) =>
        request === 0 ? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") : socket.end(),
      ),
    { connections: 1 },
  );
  expect((await asks(scene, 3)).map(statusOf)).toEqual([200, 200, 200]);
  expect(scene.heard).toHaveLength(3);
});

test("a fresh connection costs at most one of those that lie idle", async () => {
  const all = Promise.withResolvers<void>();
  await using scene = await stand(
    (socket, connection) => {
      if (connection === 2) all.resolve();
      onRequest(socket, async (request) => {
        await all.promise;
        // The one used last dies under its next request; the others go on.
        if (request === 1 && scene.heard.length === 3) socket.end();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      });
    },
    { connections: 3 },
  );
  await Promise.all([1, 2, 3].map(() => scene.ask(get())));
  expect(statusOf(await scene.ask(get()))).toBe(200);
  expect((await Promise.all([1, 2, 3].map(() => scene.ask(get())))).map(statusOf)).toEqual([200, 200, 200]);
  expect(scene.heard).toHaveLength(4);
});

test("a kept connection that dies under a POST is a 502, and the POST was sent once", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, (request) =>
      request === 0 ? socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") : socket.end(),
    ),
  );
  expect(statusOf(await scene.ask(get()))).toBe(200);
  expect(statusOf(await scene.ask(post))).toBe(502);
  expect(scene.heard).toHaveLength(1);
});

test("an upstream that failed is left out for a while", async () => {
  await using one = await backend(answering("one"));
  await using dead = await deadBackend();
  const upstreams = [dead.url, one.url];
  await using long = await stand(none, { upstreams, ejection: { failures: 2, for: 60_000 } });
  expect((await asks(long, 6)).map(statusOf)).toEqual([502, 200, 502, 200, 200, 200]);

  await using short = await stand(none, { upstreams, ejection: { failures: 1, for: 200 } });
  const asked = performance.now();
  expect((await asks(short, 1)).map(statusOf)).toEqual([502]);
  await withDeadline(until(short, 502), 5_000, "the upstream was not tried again");
  expect(performance.now() - asked).toBeGreaterThanOrEqual(200);
  expect((await asks(short, 1)).map(statusOf)).toEqual([200]);
});

test("when all are left out the answer is 503 without a try", async () => {
  await using dead = await deadBackend();
  await using scene = await stand(none, { upstreams: [dead.url], ejection: { failures: 1, for: 60_000 } });
  const replies = await asks(scene, 2);
  expect(replies.map(errorOf)).toEqual(["connection_refused", "destination_unavailable"]);
  expect(statusOf(replies[1] as Reply)).toBe(503);
  expect(scene.records[1]?.upstreams).toEqual([]);
});

/** Asks again and again, one request after the other, until the gateway answers with a status. */
async function until(scene: Stand, status: number): Promise<Reply> {
  for (;;) {
    const reply = await scene.ask(get());
    if (statusOf(reply) === status) return reply;
  }
}

test("an active check takes an upstream out and brings it back", async () => {
  let sick = false;
  const play = (socket: Socket) => {
    socket.on("data", (chunk) => {
      const health = chunk.toString("latin1").startsWith("GET /health ");
      socket.write(`HTTP/1.1 ${health && sick ? "500 Sick" : "200 OK"}\r\nContent-Length: 0\r\n\r\n`);
    });
  };
  await using scene = await stand(play, { health: { path: "/health", every: 20, fall: 2, rise: 2 } });
  expect(statusOf(await scene.ask(get()))).toBe(200);
  sick = true;
  const reply = await withDeadline(until(scene, 503), 2_000, "the upstream was not taken out");
  expect(errorOf(reply)).toBe("destination_unavailable");
  sick = false;
  await withDeadline(until(scene, 200), 2_000, "the upstream was not brought back");
});

test("an active check tells the port in Host", async () => {
  await using scene = await stand(answering("one"), { health: { path: "/", every: 60_000 } });
  const { host } = new URL(scene.gateway.options.upstreams[0] ?? "");
  await expect.poll(() => scene.heard.join("")).toMatch(new RegExp(`^Host: ${host}\\r$`, "m"));
});

test.each([
  ["a dead upstream", deadBackend],
  ["a silent upstream", () => backend(none)],
  ["an upstream that is no HTTP", () => backend((socket) => socket.write("hello"))],
])("%s fails the active check", async (_what, open) => {
  await using sick = await open();
  await using scene = await stand(none, { upstreams: [sick.url], health: { path: "/", every: 20 } });
  await withDeadline(until(scene, 503), 2_000, "the upstream was not taken out");
});

test("the limit of connections: what cannot wait gets 503, what waits gets its turn", async () => {
  let open = 0;
  let most = 0;
  const play = (socket: Socket) => {
    open += 1;
    most = Math.max(most, open);
    socket.once("close", () => open--);
    onRequest(socket, () => setTimeout(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), 30));
  };
  await using scene = await stand(play, { connections: 2, queue: { most: 3, wait: 1_000 } });
  const replies = await Promise.all(Array.from({ length: 8 }, () => scene.ask(get())));
  expect(replies.map(statusOf).sort()).toEqual([200, 200, 200, 200, 200, 503, 503, 503]);
  expect(replies.filter((reply) => statusOf(reply) === 503).map(errorOf)).toEqual(
    Array(3).fill("connection_limit_reached"),
  );
  expect(most).toBe(2);
});

test("whoever waits too long for a connection gets 503", async () => {
  await using scene = await stand(none, {
    connections: 1,
    queue: { most: 5, wait: 60 },
    timers: { ...shortTimers, head: 400 },
  });
  const [first, second] = await Promise.all([scene.ask(get()), scene.ask(get())]);
  expect([first, second].map(statusOf)).toEqual([504, 503]);
  expect(second?.took).toBeGreaterThanOrEqual(60);
});

test.each([
  ["Via", "Via: 1.1 other, 1.1 gw"],
  ["CDN-Loop", "CDN-Loop: other; a=b, gw"],
])("a request that has been here before, by %s, is a loop", async (_what, field) => {
  await using scene = await stand(answering("one"));
  const reply = await scene.ask(get("/", field));
  expect([statusOf(reply), errorOf(reply), scene.heard.length]).toEqual([502, "proxy_loop_detected", 0]);
});

test("a gateway that is its own upstream answers 502 after one round", async () => {
  await using first = await stand(none);
  const { port } = first.gateway.url;
  await first[Symbol.asyncDispose]();
  await using scene = await stand(none, {
    upstreams: [`http://127.0.0.1:${port}`],
    listen: { host: "127.0.0.1", port: Number(port) },
  });
  const reply = await scene.ask(get());
  expect(reply.text).toMatch(/^HTTP\/1\.1 502 .*error=proxy_loop_detected/s);
  expect(scene.records).toHaveLength(2);
});
