import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import drivers from "../../harness/proxies/nginx/driver.ts";
import { logged } from "../../harness/proxies/nginx/log.ts";
import { httpBackend } from "./backends.ts";
import { openStand, standFor } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

describe.each(drivers)("nginx ($via)", (driver) => {
  test("takes every form of route in one configuration", async (context) => {
    await using stand = await standFor(driver, context);
    const backend = await stand.use(httpBackend((_, response) => response.end("sound")));
    const plans = [
      { upstreams: [backend.url] },
      { upstreams: [backend.url, backend.url], retries: 1, keepAlive: false },
      { upstreams: [backend.url.replace("http:", "https:")] },
      { upstreams: ["http://backend.test:80"], resolver: "127.0.0.1:5353" },
      { upstreams: [`unix:${join(stand.folder, "none.sock")}`], headLimit: 1_024 },
      { upstreams: ["http://localhost:80"], headLimit: 131_072 },
      { upstreams: [] },
    ];
    const { statuses } = await stand.askEach(driver, plans);
    expect(statuses).toEqual([200, 200, 502, 502, 502, 502, 404]);
  });

  test("says of a route what belongs to it, without time and process", async (context) => {
    await using stand = await standFor(driver, context);
    const { said } = await stand.askEach(driver, stand.absent);
    await expect
      .poll(said)
      .toEqual(
        ["first", "second"].map((name) => [
          expect.stringMatching(
            new RegExp(`^\\[crit\\] connect\\(\\) to unix:.*/${name}\\.sock failed \\(2: No such file`),
          ),
        ]),
      );
  });

  test("shows nginx's own message and the line when the configuration is refused", async (context) => {
    await using stand = await standFor(driver, context);
    const start = stand.start(driver, [stand.plan({ upstreams: ["http://127.0.0.1:9"], headLimit: -1 })]);
    await expect(start).rejects.toThrow(/"proxy_buffer_size" directive invalid value in .*\/nginx\.conf:\d+/);
  });
});

describe("nginx's log", () => {
  test("keeps level and words", async () => {
    await using stand = await openStand();
    const path = join(stand.folder, "route.log");
    await writeFile(
      path,
      '2026/01/31 12:00:00 [error] 17#17: *3 upstream prematurely closed connection, request: "GET / HTTP/1.1"\n' +
        "2026/01/31 12:00:01 [info] 17#17: *3 client 127.0.0.1 closed keepalive connection\n",
    );
    expect(await logged(path)).toEqual(['[error] upstream prematurely closed connection, request: "GET / HTTP/1.1"']);
  });

  test("is empty before there is one", async () => {
    await using stand = await openStand();
    expect(await logged(join(stand.folder, "none.log"))).toEqual([]);
  });
});
