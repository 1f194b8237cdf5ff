import { expect, test } from "vitest";
import { ask, get, statusOf } from "../gateway/stand.ts";
import { endedProgram, startProgram } from "./gateway-program.ts";

test("a chain of profiles tells which hop has spoken: the first member made the answer, the last replaced its page", async () => {
  await using balancer = await startProgram(["-u", "http://127.0.0.1:9", "--profile", "aws-alb", "--log", "vendor"]);
  await using edge = await startProgram(["-u", balancer.url.origin, "--profile", "cloudflare"]);
  const reply = await ask(edge.url, get());
  expect(statusOf(reply)).toBe(502);
  expect(reply.text).toMatch(/^Server: cloudflare\r$/m);
  expect(reply.text).toContain("Error code 502");
  expect(reply.text).toMatch(
    /^Proxy-Status: aws-alb-\w+;error=connection_refused;[^\r]*, cloudflare-\w+;received-status=502\r$/m,
  );
  expect((await balancer.logged(1))[0]).toMatch(/^http \S+ app\/badgateway\/[0-9a-f]{16} .* 502 - /);
  expect(balancer.notices.join("\n")).toMatch(/an imitation of AWS Application Load Balancer: \d+ documented/);
});

test("what is no profile ends in one line", async () => {
  const upstream = ["--upstream", "http://127.0.0.1:9"];
  const endings = await Promise.all([
    endedProgram([...upstream, "--profile", "cludflare"]),
    endedProgram([...upstream, "--log", "vendor"]),
  ]);
  expect(endings.map(({ code }) => code)).toEqual([2, 2]);
  expect(endings.map(({ stderr }) => stderr)).toEqual([
    "badgateway: --profile: no profile is called “cludflare”; did you mean cloudflare?\n",
    "badgateway: --log vendor: wanted together with --profile; got vendor alone\n",
  ]);
});
