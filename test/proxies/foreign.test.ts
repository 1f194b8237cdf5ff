import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { ProxyDriver, RunningProxy } from "../../harness/driver.ts";
import caddy from "../../harness/proxies/caddy/driver.ts";
import nginx from "../../harness/proxies/nginx/driver.ts";
import { ask } from "./asking.ts";
import { httpBackend } from "./backends.ts";
import { processesWith } from "./leftovers.ts";
import { type Stand, standFor } from "./stand.ts";

afterEach(() => vi.unstubAllEnvs());

/** Starts a configuration that somebody else has written, in a folder of its own. */
async function startTheirs(stand: Stand, { foreign }: ProxyDriver, name: string, text: string): Promise<RunningProxy> {
  const theirs = join(stand.folder, "theirs");
  await mkdir(theirs);
  const file = join(theirs, name);
  await writeFile(file, text);
  const driver = foreign?.configured({ file, text });
  expect.assert(driver);
  const { url } = await stand.use(httpBackend((_, response) => response.end("sound")));
  return stand.start(driver, [stand.plan({ upstreams: [url] })]);
}

test("an nginx that makes itself a daemon is refused: nobody could end it", async (context) => {
  await using stand = await standFor(nginx[0], context);
  const text = `daemon on;\nevents {}\nhttp { server { listen \${BADGATEWAY_LISTEN}; } }\n`;
  await expect(startTheirs(stand, nginx[0], "nginx.conf", text)).rejects.toThrow("it says `daemon on`");
  expect(await processesWith(stand.folder)).toEqual([]);
});

test("Caddy keeps nothing of its state among the user's own", async (context) => {
  await using stand = await standFor(caddy[0], context);
  const home = join(stand.folder, "home");
  await mkdir(home);
  vi.stubEnv("HOME", home);
  const text = `http://:\${BADGATEWAY_LISTEN_PORT} {
    bind \${BADGATEWAY_LISTEN_HOST}
    reverse_proxy \${BADGATEWAY_UPSTREAM}
  }\n`;
  const { routes } = await startTheirs(stand, caddy[0], "Caddyfile", text);
  expect(await ask(routes[0] ?? new URL("http://none"))).toMatchObject({ status: 200, body: "sound" });
  await expect.poll(() => readdir(join(stand.folder, "caddy"))).toContain("autosave.json");
  const kept = await readdir(home, { recursive: true, withFileTypes: true });
  expect(kept.filter((entry) => entry.isFile())).toEqual([]);
});
