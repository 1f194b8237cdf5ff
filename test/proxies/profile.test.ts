import { describe, expect, test } from "vitest";
import { loadDrivers } from "../../harness/drivers.ts";
import { loadScenarios } from "../../harness/folder.ts";
import { answerOf } from "../../harness/gateway/profile-answer.ts";
import { groupsOf } from "../../harness/lab/groups.ts";
import { run } from "../../harness/lab.ts";
import { defaultTimers } from "../../harness/plan.ts";
import { relays } from "../../harness/proxies/profile/dialect.ts";
import { profileNames, profileOrImitation } from "../../harness/proxies/profile/named.ts";
import { withRemedies } from "../../harness/remedy.ts";
import { driver, scenario } from "../report/cells.ts";

const drivers = await loadDrivers();
const profiles = drivers.filter(({ via }) => via === "profile");
const catalogue = withRemedies(await loadScenarios());
const ids = (...wanted: string[]) => catalogue.filter(({ id }) => wanted.includes(id));

describe("profiles of one company", () => {
  test("share what happens at the upstreams wherever they treat them alike", () => {
    const [refused] = groupsOf(profiles, ids("crash/close-after-request"));
    expect(refused?.drivers).toHaveLength(profiles.length);
    const trusting = groupsOf(profiles, ids("tls/expired").slice(0, 1)).map((group) =>
      group.drivers.map(({ name }) => name),
    );
    expect(trusting).toContainEqual(["profile:aws-alb", "profile:aws-clb", "profile:cloudflare-full"]);
    const open = groupsOf(profiles, ids("pool/all-unhealthy").slice(0, 1)).map((group) =>
      group.drivers.map(({ name }) => name),
    );
    expect(open).toContainEqual(["profile:aws-alb"]);
  });

  test("stand alone where a request comes back to one of them", () => {
    expect(groupsOf(profiles, ids("config/loop"))).toHaveLength(profiles.length);
  });

  test("never share with a proxy that is measured", () => {
    const others = [driver("one"), driver("two")];
    const groups = groupsOf([...others, ...profiles.slice(0, 2)], [scenario("crash/refused")]);
    expect(groups.map((group) => group.drivers.length)).toEqual([1, 1, 2]);
  });

  test("have every scenario once each, alone or not", () => {
    const groups = groupsOf(profiles, catalogue);
    const cells = groups.flatMap((group) =>
      group.drivers.flatMap(({ name }) => group.scenarios.map((each) => `${name} ${each.id} ${each.remedied}`)),
    );
    expect(new Set(cells).size).toBe(profiles.length * catalogue.length);
    expect(cells).toHaveLength(profiles.length * catalogue.length);
  });

  test("get one exchange with the upstream, a record each, and the marks of their vendors", async () => {
    const cells = await run({
      drivers: profiles,
      scenarios: ids("crash/close-after-request", "control/own-502"),
      timers: defaultTimers,
      seed: 1,
    });
    expect(cells.filter(({ verdict }) => verdict.kind !== "pass")).toEqual([]);
    const closed = cells.filter(({ scenario: { id } }) => id === "crash/close-after-request");
    expect(new Set(closed.map(({ trial }) => JSON.stringify(trial?.connections))).size).toBe(1);
    for (const { trial } of closed) {
      expect(trial?.timeline.filter(({ act }) => act === "asked")).toHaveLength(1);
      expect(trial?.timeline.filter(({ act }) => act === "request-read")).toHaveLength(1);
      expect(trial?.said).toHaveLength(1);
    }
    const of = (name: string) => closed.find((cell) => cell.driver.name === name);
    expect(of("profile:cloudflare")?.trial?.exchanges[0]?.outcome).toBe("own(520)");
    expect(of("profile:cloudflare")?.verdict.mark).toBe("derived");
    expect(of("profile:aws-clb")?.verdict).toMatchObject({ mark: "documented" });
    expect(of("profile:akamai")?.verdict).toMatchObject({ mark: "unconfirmed" });
  });
});

test("every scenario in which a gateway's error is relayed is known to those that replace one", () => {
  const claimed = catalogue.flatMap(({ id, remedied, asks = [{}], claim }) =>
    [/^relayed\((50[234])\)$/.exec(String(asks[0]?.claim ?? claim))?.[1]].flatMap((status) =>
      status === undefined ? [] : { status: Number(status), id, ...(remedied && { remedied }) },
    ),
  );
  const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
  expect([...relays].sort(byId)).toEqual(claimed.sort(byId));
});

describe("an imitation of a proxy that was measured", () => {
  test("answers by its dialect, as the RFCs recommend where that says nothing", async () => {
    const haproxy = await profileOrImitation("haproxy");
    if (!haproxy) throw new Error("haproxy cannot be imitated");
    expect(answerOf(haproxy, "connection_refused")).toMatchObject({ status: 503, mark: "measured" });
    expect(answerOf(haproxy, "connection_read_timeout")).toMatchObject({ status: 504, mark: "measured" });
    expect(answerOf(haproxy, "connection_refused").source.title).toMatch(/measured on >=2/);
  });

  test("is to be had of every one of them, and of nobody else", async () => {
    const names = await profileNames();
    expect(names).toEqual(expect.arrayContaining(["aws-alb", "nginx", "haproxy", "envoy", "node-pipe"]));
    expect(names).not.toContain("gateway");
    for (const name of names) expect(await profileOrImitation(name), name).toMatchObject({ name });
    expect(await profileOrImitation("gateway")).toBeUndefined();
  });
});
