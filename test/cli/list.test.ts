import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { badgateway, catalogue, start } from "./badgateway.ts";

test("list scenarios shows claim and title, and what cannot run here", async () => {
  const { code, stdout } = await badgateway(["list", "scenarios", ...catalogue]);
  expect(stdout).toMatch(/✓ {2}late\/no-answer +504 +A backend that reads the request and never answers/);
  expect(stdout).toMatch(/– {2}wanting\/program/);
  expect(stdout).toContain("– 1 scenario cannot run here: no unobtainium here: apt-get install unobtainium");
  expect(stdout).toMatch(/5 scenarios, 1 with a remedy\n$/);
  expect(code).toBe(0);
});

test("list scenarios --json, of a family", async () => {
  const { stdout } = await badgateway(["list", "scenarios", "late", "--json", ...catalogue]);
  expect(JSON.parse(stdout)).toEqual([
    {
      scenario: "late/no-answer",
      title: "A backend that reads the request and never answers",
      claim: "504",
      causes: ["connection_read_timeout"],
      remedy: true,
    },
  ]);
});

test("list proxies tells each way and what it lacks", async () => {
  const env = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
  const { code, stdout } = await badgateway(["list", "proxies"], env);
  expect(stdout).toMatch(/✓ {2}gateway +embedded +here/);
  expect(stdout).toMatch(/– {2}nginx +container +missing/);
  expect(stdout).toMatch(/– nginx via container: no container engine answers at unix:\/\/\/nowhere/);
  expect(code).toBe(0);

  const json = await badgateway(["list", "proxies", "--json"], env);
  const entries = JSON.parse(json.stdout);
  expect(entries).toContainEqual({ proxy: "gateway", via: "embedded" });
  expect(entries).toContainEqual({
    proxy: "nginx",
    via: "container",
    missing: expect.stringContaining("no container"),
  });
});

test("a reader that has had enough is no error", async () => {
  const child = start(["list", "scenarios", "--json", ...catalogue]);
  child.stdout.destroy();
  const [[code], stderr] = await Promise.all([once(child, "close"), text(child.stderr)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});
