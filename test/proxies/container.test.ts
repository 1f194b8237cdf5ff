import { afterEach, describe, expect, test, vi } from "vitest";
import { startChild } from "../../harness/net/child.ts";
import { openEngine } from "../../harness/net/container-client.ts";
import { engineMissing, hasImage } from "../../harness/net/container-engine.ts";
import { imageOf } from "../../harness/net/container-image.ts";
import { skipAloud } from "../skip.ts";
import { containersWith } from "./leftovers.ts";
import { openStand } from "./stand.ts";

// The first start of a container builds its image, from a mirror of packages.
vi.setConfig({ testTimeout: 120_000 });

describe("without an engine", () => {
  afterEach(() => vi.unstubAllEnvs());

  test("says so at once, with the command that supplies one", async () => {
    vi.stubEnv("DOCKER_HOST", "unix:///nowhere/docker.sock");
    const begun = performance.now();
    expect(await imageOf("nginx").missing()).toMatch(
      /no container engine answers .*ENOENT.*apt-get install docker\.io/,
    );
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

test("an image is built once for each content of its folder", async (context) => {
  const image = imageOf("nginx");
  const missing = await image.missing();
  if (missing !== undefined) skipAloud(context, missing);
  const name = await image.build();
  expect(name).toMatch(/^badgateway\/nginx:[0-9a-f]{12}$/);
  expect(await hasImage(name)).toBe(true);
  const engine = await openEngine();
  const made = async () => (await engine.getImage(name).inspect()).Created;
  const first = await made();
  expect(await image.build()).toBe(name);
  expect(await made()).toBe(first);
});

test("no container outlives us, even if we are killed", async (context) => {
  const missing = (await engineMissing()) ?? (await imageOf("nginx").missing());
  if (missing !== undefined) skipAloud(context, missing);
  await using stand = await openStand();
  const script = `
    const { imageOf } = await import(${JSON.stringify(import.meta.resolve("../../harness/net/container-image.ts"))});
    const { runContainer } = await import(${JSON.stringify(import.meta.resolve("../../harness/net/container.ts"))});
    const { signal } = new AbortController();
    const folder = ${JSON.stringify(stand.folder)};
    const command = ["sh", "-c", "echo serving; exec sleep 60"];
    const options = { image: await imageOf("nginx").build(), command, folder, folders: [folder], ready: (said) => said.includes("serving"), signal };
    await runContainer(options);
    console.log("started");
  `;
  await using child = await startChild(process.execPath, ["--input-type=module", "--eval", script]);
  await child.heard((line) => line === "started" || undefined, 20_000, "no container was started");
  expect(await containersWith(stand.folder)).toHaveLength(1);
  child.kill("SIGKILL");
  await expect.poll(() => containersWith(stand.folder), { timeout: 10_000 }).toEqual([]);
});
