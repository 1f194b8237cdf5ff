import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { backend, deadBackend } from "../gateway/backend.ts";
import { ask, errorOf, get, onRequest, statusOf } from "../gateway/stand.ts";
import { badgateway } from "./badgateway.ts";
import { startProgram } from "./gateway-program.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
const sound = () => backend((socket) => onRequest(socket, () => socket.write(ok)));
const mute = () => backend(() => {});

/** As every line of the text log begins. */
const time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

describe("the log as text", () => {
  test("has one line for each request, with the cause and every upstream's part", async () => {
    await using good = await sound();
    await using dead = await deadBackend();
    await using gateway = await startProgram(["--upstream", dead.url, "--upstream", good.url, "--retries", "1"]);
    expect(statusOf(await ask(gateway.url, get("/first?a=b")))).toBe(200);
    expect(statusOf(await ask(gateway.url, get("/second")))).toBe(200);
    const [first, second] = await gateway.logged(2);
    expect(first).toMatch(
      new RegExp(
        `^${time}  200 relayed   - +[\\d.]+ ms +5 B  GET /first\\?a=b  → ${dead.url} connection_refused  → ${good.url} 200 \\(connected [\\d.]+, head [\\d.]+\\)$`,
      ),
    );
    expect(second).toMatch(new RegExp(`GET /second  → ${good.url} 200 \\(reused, head [\\d.]+\\)$`));
  });

  test("shows a 502 with its cause", async () => {
    await using dead = await deadBackend();
    await using gateway = await startProgram(["--upstream", dead.url]);
    const reply = await ask(gateway.url, get("/gone"));
    expect([statusOf(reply), errorOf(reply)]).toEqual([502, "connection_refused"]);
    const [line] = await gateway.logged(1);
    expect(line).toMatch(
      new RegExp(
        `^${time}  502 own       connection_refused +[\\d.]+ ms +\\d+ B  GET /gone  → ${dead.url} connection_refused  "connect ECONNREFUSED 127[^"]+"$`,
      ),
    );
    expect(Number(/(\d+) B/.exec(line ?? "")?.[1])).toBe(reply.text.split("\r\n\r\n")[1]?.length);
  });

  test("shows a 504 with its cause, when the timer told has run out", async () => {
    await using upstream = await mute();
    await using gateway = await startProgram(["-u", upstream.url, "--timers", "head=200ms"]);
    const reply = await ask(gateway.url, get());
    expect([statusOf(reply), errorOf(reply)]).toEqual([504, "connection_read_timeout"]);
    expect(reply.took).toBeGreaterThanOrEqual(200);
    const [line] = await gateway.logged(1);
    expect(line).toMatch(
      / {2}504 own {7}connection_read_timeout +[2-9]\d\d\.\d ms .*"the head timer ran out after 200 ms"$/,
    );
  });

  test("has a line for what is no request, too", async () => {
    await using gateway = await startProgram(["-u", "http://127.0.0.1:1"]);
    await ask(gateway.url, "nonsense\r\n\r\n");
    await ask(gateway.url, "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n");
    const [nonsense, tunnel] = await gateway.logged(2);
    expect(nonsense).toMatch(/ {2}400 own {7}http_request_error +0\.0 ms +\d+ B {2}- - {2}"Parse Error: [^"]+"$/);
    expect(tunnel).toMatch(/ {2}403 own {7}http_request_denied +0\.0 ms +\d+ B {2}CONNECT a:1 {2}"/);
  });
});

test("the log as JSON has one document for each line", async () => {
  await using upstream = await backend((socket) => onRequest(socket, () => socket.resetAndDestroy()));
  await using gateway = await startProgram(["-u", upstream.url, "--log", "json"]);
  await ask(gateway.url, get("/reset"));
  const [line = ""] = await gateway.logged(1);
  expect(JSON.parse(line)).toEqual({
    time: expect.stringMatching(new RegExp(`^${time}$`)),
    event: "answered",
    client: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    method: "GET",
    target: "/reset",
    outcome: "own",
    status: 502,
    cause: "connection_terminated",
    details: "read ECONNRESET",
    upstreams: [
      {
        url: upstream.url,
        address: `127.0.0.1:${upstream.port}`,
        connected: expect.any(Number),
        cause: "connection_terminated",
      },
    ],
    sent: expect.any(Number),
    took: expect.any(Number),
  });
});

test("--log none tells where it listens, and nothing more", async () => {
  await using upstream = await sound();
  await using gateway = await startProgram(["-u", upstream.url, "--log", "none"]);
  await ask(gateway.url, get());
  gateway.signal("SIGTERM");
  expect(await gateway.code()).toBe(0);
  expect(gateway.log).toEqual([]);
});

test("an upstream may be a unix socket", async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, "app.sock");
  const server = createServer((_, response) => response.end("hello"));
  const connections = trackConnections(server);
  await listen(server, { path });
  await using gateway = await startProgram(["-u", `unix:${path}`]);
  expect(statusOf(await ask(gateway.url, get()))).toBe(200);
  expect((await gateway.logged(1))[0]).toContain(`→ unix:${path} 200 `);
  await closeServer(server, connections);
});

test("every option of the command reaches the gateway", async () => {
  await using busy = await mute();
  await using gateway = await startProgram(
    `-u ${busy.url} --max-connections 1 --max-queue 1 --queue-timeout 100 --max-fails 1 --fail-timeout 9s --no-keep-alive
     --health-check /up --health-interval 60s --health-rise 1 --health-fall 9 --head-limit 8KiB --name gw -t head=700
     --retries 2`.split(/\s+/),
  );
  const [first, second] = await Promise.all([ask(gateway.url, get("/1")), ask(gateway.url, get("/2"))]);
  expect([first, second].map(statusOf).sort()).toEqual([503, 504]);
  expect(first.text + second.text).toContain("Proxy-Status: gw;error=connection_limit_reached");
  expect(busy.heard.join()).toContain("GET /up HTTP/1.1");
  expect(busy.heard.join()).toContain("Connection: close");
  expect(errorOf(await ask(gateway.url, get("/3")))).toBe("destination_unavailable");
  expect(gateway.notices).toEqual([
    "badgateway: --retries 2: a further try goes to another upstream, and there is only one",
  ]);
});

describe("a signal", () => {
  /** A program with a request under way, whose upstream answers when told. */
  async function underWay(args: readonly string[] = []) {
    const came = Promise.withResolvers<() => void>();
    const upstream = await backend((socket) => onRequest(socket, () => came.resolve(() => void socket.write(ok))));
    const gateway = await startProgram(["-u", upstream.url, ...args]);
    const reply = ask(gateway.url, get("/slow").replace("Connection: close\r\n", ""));
    const answer = await came.promise;
    return {
      gateway,
      reply,
      answer,
      [Symbol.asyncDispose]: async () => {
        await gateway[Symbol.asyncDispose]();
        await upstream[Symbol.asyncDispose]();
      },
    };
  }

  /** Resolves once nobody listens there any more. */
  async function refused({ hostname, port }: URL): Promise<void> {
    const attempt = () =>
      new Promise<string | undefined>((resolve) => {
        const socket = connect(Number(port), hostname, () => resolve(undefined));
        socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        socket.once("connect", () => socket.destroy());
      });
    await expect.poll(attempt, { timeout: 5_000, interval: 20 }).toBe("ECONNREFUSED");
  }

  test.each(["SIGTERM", "SIGINT"] as const)(
    "%s lets a request under way end, and takes no new connection",
    async (name) => {
      await using scene = await underWay();
      scene.gateway.signal(name);
      await refused(scene.gateway.url);
      scene.answer();
      const reply = await scene.reply;
      expect(statusOf(reply)).toBe(200);
      expect(reply.text).toMatch(/^Connection: close\r$/m);
      expect(await scene.gateway.code()).toBe(0);
      expect(scene.gateway.log).toEqual([expect.stringContaining(" 200 relayed ")]);
      expect(scene.gateway.notices).toEqual([]);
    },
  );

  test("a second one ends the program at once", async () => {
    await using scene = await underWay();
    scene.gateway.signal("SIGTERM");
    await refused(scene.gateway.url);
    scene.gateway.signal("SIGINT");
    expect(await scene.gateway.code()).toBe(130);
    expect((await scene.reply).text).toBe("");
  });

  test("patience is not endless", async () => {
    await using scene = await underWay(["--drain", "100ms"]);
    scene.gateway.signal("SIGTERM");
    expect(await scene.gateway.code()).toBe(0);
    expect((await scene.reply).text).toBe("");
    expect(scene.gateway.notices).toEqual([
      "badgateway: not every request had ended within 100 ms: the rest is broken off",
    ]);
  });
});

test("whoever does not read the log does not hold the gateway up", async () => {
  await using upstream = await sound();
  await using gateway = await startProgram(["-u", upstream.url]);
  gateway.pauseLog();
  const client = connect(Number(gateway.url.port), "127.0.0.1");
  await new Promise<void>((resolve) => {
    let text = "";
    client.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (text.split("hello").length > 2_000) resolve();
    });
    client.write(
      get(`/${"x".repeat(6_000)}`)
        .replace("Connection: close\r\n", "")
        .repeat(2_000),
    );
  });
  client.destroy();
  gateway.resumeLog();
  const askLast = async () => {
    await ask(gateway.url, get("/last")); // left out of the log as long as what waits there fills the room
    return gateway.log.at(-1);
  };
  await expect.poll(askLast, { timeout: 10_000 }).toContain("GET /last");
  expect(gateway.log).toContainEqual(expect.stringMatching(/^\(\d+ lines are missing here: /));
});

test("--help tells every timer's default", async () => {
  const { stdout, code } = await badgateway(["gateway", "--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(
    "default: resolve=5s, connect=5s, tls=5s, send=30s, head=30s, idle=30s, total=0",
  );
  expect(code).toBe(0);
});
