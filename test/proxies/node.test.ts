import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ProxyDriver } from "../../harness/driver.ts";
import { loadDrivers } from "../../harness/drivers.ts";
import { driverOf } from "../../harness/proxies/node/driver-of.ts";
import { cannot, cannotWithoutUpstream } from "../../harness/proxies/node/means.ts";
import { missingPackages, versionOf } from "../../harness/proxies/node/packages.ts";
import { ask, isRefused } from "./asking.ts";
import { httpBackend, type PlainBackend, tcpBackend } from "./backends.ts";
import { processesWith } from "./leftovers.ts";
import { openStand } from "./stand.ts";

const drivers = (await loadDrivers()).filter(({ name }) => name.startsWith("node-"));
const named = (name: string): ProxyDriver => {
  const driver = drivers.find((each) => each.name === name);
  if (!driver) throw new Error(`no driver is called ${name}`);
  return driver;
};

/** A status that Node's client takes and its server does not: whoever relays it dies. */
const statusZero = (): Promise<PlainBackend> =>
  tcpBackend((socket) => socket.once("data", () => socket.write("HTTP/1.1 000 Nil\r\nContent-Length: 2\r\n\r\nok")));

const mortal = drivers.filter(({ name }) => name !== "node-fastify-http-proxy");

describe.each(mortal)("$name, by an exception that nobody catches,", (driver) => {
  test("loses one of many routes, and no other notices", async () => {
    await using stand = await openStand();
    const held = Promise.withResolvers<void>();
    const patient = await stand.use(httpBackend((_, response) => void held.promise.then(() => response.end("late"))));
    const deadly = await stand.use(statusZero());
    const plans = [deadly, patient].map(({ url }) => stand.plan({ upstreams: [url] }));
    const proxy = await stand.start(driver, plans);
    const [dying = new URL("http://none"), living = new URL("http://none")] = proxy.routes;
    const idle = connect(Number(dying.port), dying.hostname);
    await once(idle, "connect");
    const closed = once(idle.resume(), "close");

    const late = ask(living);
    expect(await ask(dying)).toMatchObject({ whole: false, body: "" });
    await closed;
    held.resolve();
    expect(await late).toMatchObject({ status: 200, whole: true, body: "late" });
    const words = await proxy.said(0);
    expect(words.join("\n")).toContain("Uncaught RangeError [ERR_HTTP_INVALID_STATUS_CODE]: Invalid status code: 0");
    expect(words.join("\n")).not.toContain(process.cwd());
    expect(proxy.died(0)).toMatch(/^code 1, by an uncaught RangeError \[ERR_HTTP_INVALID_STATUS_CODE\]/);
    expect(await isRefused(dying)).toBe(true);
    expect(await proxy.said(1)).toEqual([]);
    expect(proxy.died(1)).toBeUndefined();
  });

  test("ends indeed when it serves one route, with the same words", async () => {
    await using stand = await openStand();
    const deadly = await stand.use(statusZero());
    const plan = stand.plan({ upstreams: [deadly.url] });
    const alone = await stand.start(driver, [plan]);
    const [route = new URL("http://none")] = alone.routes;
    const answer = await ask(route);
    const [words, death] = [await alone.said(0), alone.died(0)];
    await expect.poll(() => processesWith(stand.folder), { timeout: 5_000 }).toEqual([]);

    await using crowd = await openStand();
    const among = await crowd.start(driver, [plan, plan]);
    const [other = new URL("http://none")] = among.routes;
    const { took: _, ...same } = await ask(other);
    expect(answer).toMatchObject(same);
    expect([await among.said(0), among.died(0)]).toEqual([words, death]);
    expect(await processesWith(crowd.folder)).toHaveLength(1);
  });
});

describe("a process of many routes", () => {
  test("says of each what concerns it", async () => {
    await using stand = await openStand();
    const upstreams = ["http://127.0.0.1:9", "http://127.0.0.1:7"];
    const proxy = await stand.start(
      named("node-http-proxy"),
      upstreams.map((upstream) => stand.plan({ upstreams: [upstream] })),
    );
    await Promise.all(proxy.routes.map((route) => ask(route)));
    expect(await proxy.said(0)).toEqual(["Error: connect ECONNREFUSED 127.0.0.1:9"]);
    expect(await proxy.said(1)).toEqual(["Error: connect ECONNREFUSED 127.0.0.1:7"]);
  });

  test("becomes one for each limit of the response head", async () => {
    await using stand = await openStand();
    const backend = await stand.use(httpBackend((_, response) => response.setHeader("X", "x".repeat(8_192)).end()));
    const proxy = await stand.start(
      named("node-pipe"),
      [4_096, 16_384].map((headLimit) => stand.plan({ upstreams: [backend.url], headLimit })),
    );
    const answers = await Promise.all(proxy.routes.map((route) => ask(route)));
    expect(answers).toMatchObject([{ status: 502 }, { status: 200 }]);
    expect(await processesWith(stand.folder)).toHaveLength(2);
  });

  test("ends with all of them when an exception belongs to none", async () => {
    await using stand = await openStand();
    const folder = join(import.meta.dirname, "fixtures");
    const driver = driverOf({
      name: "fixture",
      folder,
      packages: [],
      unit: 1,
      untimed: [],
      dialect: { rows: [] },
      cannot,
    });
    const proxy = await stand.start(driver, [stand.plan({}), stand.plan({})]);
    const [route = new URL("http://none")] = proxy.routes;
    expect(await ask(route)).toMatchObject({ body: "alive" });
    expect(await ask(new URL("/throw", route))).toMatchObject({ whole: false });
    await expect.poll(() => [proxy.died(0), proxy.died(1)], { timeout: 5_000 }).toEqual(["code 1", "code 1"]);
  });
});

describe("what a Node proxy needs", () => {
  test("is told with the command that installs it", () => {
    expect(missingPackages(["semver"])).toBeUndefined();
    expect(missingPackages(["semver", "no-such-package"])).toBe(
      "no no-such-package among the packages: npm i -D no-such-package",
    );
    expect(() => versionOf("no-such-package")).toThrow("npm i -D no-such-package");
  });

  test("is one upstream, and nothing that agents have no means for", async () => {
    await using stand = await openStand();
    const one = stand.plan({ upstreams: ["http://127.0.0.1:9"] });
    expect(cannot(one)).toBeUndefined();
    expect(cannot({ ...one, upstreams: [...one.upstreams, ...one.upstreams] })).toBe("several upstreams");
    expect(cannot({ ...one, retries: 1 })).toBe("a further try");
    expect(cannot({ ...one, connections: 2, queue: { most: 1, wait: 100 } })).toContain("a queue with a bound");
    expect(cannot({ ...one, health: { path: "/", every: 100 } })).toBe("active health checks");
    expect(cannot({ ...one, ejection: { failures: 1, for: 100 } })).toContain("after failures");
    expect(cannot({ ...one, upstreams: [] })).toBeUndefined();
    expect(cannotWithoutUpstream({ ...one, upstreams: [] })).toBe("a route without an upstream");
  });
});
