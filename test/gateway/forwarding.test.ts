import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { errorOf, get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

/** What the upstream hears when a client sends `text`. */
async function heardFor(text: string, answer = ok): Promise<{ heard: string; reply: string; status: number }> {
  await using scene = await stand((socket) => onRequest(socket, () => socket.write(answer, "latin1")));
  const reply = await scene.ask(text);
  return { heard: scene.heard.join("|"), reply: reply.text, status: statusOf(reply) };
}

test.each([
  ["//a//b?x=//y", "//a//b?x=//y"],
  ["/a/../b;c", "/a/../b;c"],
  ["/%2e%2E/%00", "/%2e%2E/%00"],
  ["http://other.test/path?q", "/path?q"],
  ["http://other.test?q", "/?q"],
])("the target %s goes out as %s", async (target, expected) => {
  const { heard } = await heardFor(get(target));
  expect(heard.split("\r\n")[0]).toBe(`GET ${expected} HTTP/1.1`);
});

test("OPTIONS * stays as it is", async () => {
  const { heard } = await heardFor(get("*").replace("GET", "OPTIONS"));
  expect(heard).toMatch(/^OPTIONS \* HTTP\/1\.1\r\n/);
});

test("an absolute target sets Host, and goes to the configured upstream all the same", async () => {
  const { heard } = await heardFor(get("http://other.test:81/"));
  expect(heard).toMatch(/^Host: other\.test:81\r$/m);
  expect(heard).not.toContain("example.test");
});

test.each([
  ["", "/"],
  ["other.test:81", "http://other.test:81/"],
])("HTTP/1.0 without Host goes out with “Host: %s” for the target %s", async (host, target) => {
  const { heard } = await heardFor(`GET ${target} HTTP/1.0\r\n\r\n`);
  expect(heard.split("\r\n").slice(0, 2)).toEqual(["GET / HTTP/1.1", `Host: ${host}`]);
  expect(heard.match(/^Host:/gim)).toHaveLength(1);
});

test.each(["http://evil[", "ftp://a/", "*", "a/b", "http://", "http://user@host/"])(
  "the target %s is refused",
  async (target) => {
    const { heard, status, reply } = await heardFor(get(target));
    expect([status, heard]).toEqual([400, ""]);
    expect(reply).toMatch(/proxy-status: gw;error=http_request_error/i);
  },
);

test("CONNECT is refused: the gateway is no open proxy", async () => {
  const { heard, status } = await heardFor("CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n\r\n");
  expect([status, heard]).toEqual([403, ""]);
});

test("hop-by-hop fields stop here, those that Connection names included", async () => {
  const { heard, reply } = await heardFor(
    get(
      "/",
      "Connection: X-Own, Host, Content-Length",
      "X-Own: 1",
      "Keep-Alive: timeout=9",
      "Proxy-Connection: x",
      "TE: gzip",
    ),
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: X-Theirs\r\nX-Theirs: 1\r\nKeep-Alive: timeout=99\r\n\r\nhello",
  );
  expect(heard).not.toMatch(/X-Own|timeout=9|Proxy-Connection|gzip/);
  expect(heard).toMatch(/^Host: example\.test\r$/m);
  expect(reply).not.toMatch(/X-Theirs|timeout=99/);
});

test("Via is added both ways, behind what is there", async () => {
  const { heard, reply } = await heardFor(
    get("/", "Via: 1.0 first"),
    "HTTP/1.0 200 OK\r\nVia: 1.1 origin\r\nContent-Length: 5\r\n\r\nhello",
  );
  expect(heard.match(/^Via: .*/gm)).toEqual(["Via: 1.0 first", "Via: 1.1 gw"]);
  expect(reply.match(/^Via: .*/gm)).toEqual(["Via: 1.1 origin", "Via: 1.0 gw"]);
});

test("field lines keep their number, order and case", async () => {
  const fields = ["X-List: 1", "X-List: 2", "x-lower: a", "Set-Cookie: a=1", "Set-Cookie: b=2"];
  const { heard, reply } = await heardFor(
    get("/", ...fields),
    `HTTP/1.1 200 OK\r\n${fields.join("\r\n")}\r\nContent-Length: 5\r\n\r\nhello`,
  );
  for (const text of [heard, reply]) {
    expect(text.split("\r\n").filter((line) => fields.includes(line))).toEqual(fields);
  }
});

test.each(["DELETE", "OPTIONS", "POST", "GET"])("a chunked %s is one request at the upstream", async (method) => {
  const inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
  await using scene = await stand((socket) => {
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      if (heard.endsWith("0\r\n\r\n")) socket.write(ok);
    });
  });
  const reply = await scene.ask(
    `${method} / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`,
  );
  expect(statusOf(reply)).toBe(200);
  expect(scene.heard).toHaveLength(1);
  expect(scene.heard[0]).toMatch(/^transfer-encoding: chunked\r$/im);
  expect(scene.heard[0]).not.toMatch(/^content-length/im);
  expect(scene.heard[0]).toContain(`${inner.length.toString(16)}\r\n${inner}`);
});

const unreadable: Record<string, string> = {
  "two lengths": "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
  "length and chunked":
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "two hosts": "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
  "no host": "GET / HTTP/1.1\r\n\r\n",
  "a space before the colon": "GET / HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n",
  "chunked in HTTP/1.0": "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  "no HTTP at all": "hello\r\n\r\n",
};

for (const [what, text] of Object.entries(unreadable)) {
  test(`a request with ${what} is a 400, and does not go on`, async () => {
    await using scene = await stand((socket) => onRequest(socket, () => socket.write(ok)));
    const reply = await scene.ask(text);
    expect([statusOf(reply), scene.heard.join("")]).toEqual([400, ""]);
  });
}

test("a transfer coding we do not know is a 501", async () => {
  const { heard, status, reply } = await heardFor(
    "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
  );
  expect([status, heard]).toEqual([501, ""]);
  expect(reply).toMatch(/^Proxy-Status: gw;error=proxy_internal_response;/m);
});

test("an expectation we do not know is a 417", async () => {
  expect((await heardFor(get("/", "Expect: miracles"))).status).toBe(417);
});

test("a head that is too large is a 431", async () => {
  expect((await heardFor(get("/", `X-A: ${"a".repeat(20_000)}`))).status).toBe(431);
});

test("rubbish behind a whole request does not harm its answer", async () => {
  const { reply } = await heardFor(`${get().replace("Connection: close\r\n", "")}\x01\x02rubbish\r\n\r\n`);
  expect(reply).toMatch(/^HTTP\/1\.1 200 .*helloHTTP\/1\.1 400 /s);
});

test.each([500, 502, 503, 504])("the origin's own %i is relayed and told apart", async (status) => {
  const { reply } = await heardFor(
    get(),
    `HTTP/1.1 ${status} Own\r\nRetry-After: 7\r\nProxy-Status: inner;error=connection_refused\r\nContent-Length: 5\r\n\r\nhello`,
  );
  expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} Own.*Retry-After: 7.*hello$`, "s"));
  expect(reply.match(/^Proxy-Status: .*/gm)).toEqual([
    "Proxy-Status: inner;error=connection_refused",
    `Proxy-Status: gw;received-status=${status}`,
  ]);
});

test("interim responses are relayed, but not to HTTP/1.0", async () => {
  const answer = `HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nConnection: X\r\nX: 1\r\n\r\n${ok}`;
  const { reply } = await heardFor(get(), answer);
  expect(reply).toMatch(/^HTTP\/1\.1 103 Early Hints\r\nLink: <\/a\.css>\r\n\r\nHTTP\/1\.1 200 OK/);
  const old = await heardFor("GET / HTTP/1.0\r\nHost: a\r\n\r\n", answer);
  expect(old.reply).toMatch(/^HTTP\/1\.1 200 OK/);
});

test("trailers are relayed to a client that takes them", async () => {
  const answer =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\nHost: evil\r\n\r\n";
  const taking = await heardFor(get("/", "TE: trailers").replace("Connection: close", "Connection: close, TE"), answer);
  expect(taking.reply).toMatch(/5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n$/);
  expect((await heardFor(get(), answer)).reply).toMatch(/5\r\nhello\r\n0\r\n\r\n$/);
});

test.each([
  ["text/html,application/xhtml+xml,*/*;q=0.8", "text/html"],
  ["application/json", "application/json"],
  ["*/*", "text/plain"],
  ["application/json;q=0.5, text/plain", "text/plain"],
  ["image/png", "text/html"],
])("for Accept: %s the answer is %s", async (accept, form) => {
  const { reply } = await heardFor(get("/", `Accept: ${accept}`), "garbage");
  expect(reply).toContain(`Content-Type: ${form}`);
});

test("no upstream: 500 destination_not_found", async () => {
  await using scene = await stand(() => {}, { upstreams: [] });
  const reply = await scene.ask(get());
  expect([statusOf(reply), errorOf(reply)]).toEqual([500, "destination_not_found"]);
});

test("an own answer to HEAD has no body, and the connection goes on", async () => {
  await using scene = await stand((socket) => socket.end());
  const head = get().replace("GET", "HEAD").replace("Connection: close\r\n", "");
  const reply = await scene.ask(head + get());
  expect(reply.text.match(/^HTTP\/1\.1 502/gm)).toHaveLength(2);
  expect(reply.text).toMatch(/^Content-Length: \d+\r\n[^\0]*?\r\n\r\nHTTP\/1\.1 502/m);
});

test("octets above 0x7f pass unchanged, both ways", async () => {
  const { heard, reply } = await heardFor(
    `POST / HTTP/1.1\r\nHost: a\r\nX-A: caf\xe9\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhell\xff`,
    "HTTP/1.1 200 Tr\xe8s bien\r\nX-B: \xfcber\r\nContent-Length: 2\r\n\r\n\xe9\xff",
  );
  expect(heard).toMatch(/^X-A: caf\xe9\r$/m);
  expect(heard).toMatch(/hell\xff$/);
  expect(reply).toMatch(/^HTTP\/1\.1 200 Tr\xe8s bien\r\n.*X-B: \xfcber\r\n.*\r\n\r\n\xe9\xff$/s);
});

test("a response head without content keeps its octets too", async () => {
  const { reply } = await heardFor(get(), "HTTP/1.1 200 OK\r\nX-B: \xfcber\r\nContent-Length: 9\r\n\r\n");
  expect(reply).toContain("X-B: \xfcber\r\n");
});

test("trailers of a request go to the upstream", async () => {
  await using scene = await stand((socket) => {
    socket.on("data", (chunk) => {
      if (chunk.toString("latin1").endsWith("X-Sum: 1\r\n\r\n")) socket.write(ok);
    });
  });
  const reply = await scene.ask(
    "POST / HTTP/1.1\r\nHost: a\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n",
  );
  expect(statusOf(reply)).toBe(200);
  expect(scene.heard[0]).toMatch(/^Trailer: X-Sum\r$/m);
});

test("Max-Forwards is counted down, and ends at 0", async () => {
  const options = (left: number) => get("/", `Max-Forwards: ${left}`).replace("GET", "OPTIONS");
  expect((await heardFor(options(2))).heard).toMatch(/^Max-Forwards: 1\r$/m);
  expect(await heardFor(options(0))).toMatchObject({ heard: "", status: 403 });
  expect((await heardFor(get("/", "Max-Forwards: 0"))).heard).toMatch(/^Max-Forwards: 0\r$/m);
});

test("a refusal while the client still waits for 100 closes its connection", async () => {
  const { reply } = await heardFor(
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
    "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n",
  );
  expect(reply).toMatch(/^HTTP\/1\.1 413 .*^Connection: close\r$/ms);
});

test("of two requests on one connection the second is cut, the first is whole", async () => {
  const play = (socket: Socket) => {
    socket.on("data", (chunk) => {
      if (chunk.toString("latin1").startsWith("GET /slow")) setTimeout(() => socket.write(ok), 100);
      else {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        setTimeout(() => socket.end(), 30);
      }
    });
  };
  await using scene = await stand(play, { timers: { ...shortTimers, head: 2_000, idle: 2_000 } });
  const reply = await scene.ask(get("/slow").replace("Connection: close\r\n", "") + get("/cut"));
  expect(reply.text).toMatch(/^HTTP\/1\.1 200 .*helloHTTP\/1\.1 200 .*half$/s);
  expect(reply.ending).not.toBe("deadline");
});

test.each([
  [{ resolver: "nonsense" }, "resolver must be the address:port of a name server"],
  [{ retries: -1 }, "retries must be a whole number from 0, got -1"],
  [{ name: "no token" }, "name must be a token"],
  [{ timers: { ...shortTimers, head: Number.NaN } }, "timers must be milliseconds"],
  [{ timers: { ...shortTimers, head: 2 ** 31 } }, "timers must be milliseconds up to 2147483647"],
  [{ connections: 0 }, "connections must be a whole number from 1"],
  [{ queue: { most: -1, wait: 100 } }, "queue.most must be a whole number from 0, got -1"],
  [{ queue: { most: 1, wait: 0 } }, "queue.wait must be milliseconds from 1 to 2147483647, got 0"],
  [{ ejection: { failures: 0, for: 100 } }, "ejection.failures must be a whole number from 1, got 0"],
  [{ ejection: { failures: 1, for: Number.NaN } }, "ejection.for must be milliseconds from 1"],
  [{ health: { path: "/", every: 0 } }, "health.every must be milliseconds from 1"],
  [{ health: { path: "/", every: 2 ** 31 } }, "health.every must be milliseconds from 1 to 2147483647, got 2147483648"],
  [{ health: { path: "/", every: 100, fall: 0 } }, "health.rise and health.fall must be whole numbers from 1"],
  [
    { listen: { host: "127.0.0.1", port: 70_000 } },
    "listen must be a free address of this machine, got 127.0.0.1:70000",
  ],
  [{ trust: { ca: "/nowhere/ca.pem" } }, "trust.ca must be a PEM file with certificates, got /nowhere/ca.pem: ENOENT"],
  [
    { trust: { ca: import.meta.filename } },
    `trust.ca must be a PEM file with certificates, got ${import.meta.filename}`,
  ],
])("the options %j are refused at start", async (settings, message) => {
  await expect(stand(() => {}, settings)).rejects.toThrow(message);
});
