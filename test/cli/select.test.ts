import { describe, expect, test } from "vitest";
import { program } from "../../harness/cli/program.ts";
import { UsageError } from "../../harness/cli/usage.ts";
import { waysOf } from "../../harness/cli/ways.ts";
import { proxyNamed, selectProxies } from "../../harness/select/proxies.ts";
import { selectScenarios } from "../../harness/select/scenarios.ts";
import { UnknownName } from "../../harness/select/unknown-name.ts";
import { driver, scenario } from "../report/cells.ts";

const catalogue = ["crash/refused", "slow/late", "slow/never", "slow-start/late"].map((id) => scenario(id));

describe("selectScenarios", () => {
  test.each([
    [[], ["crash/refused", "slow/late", "slow/never", "slow-start/late"]],
    [["slow/never"], ["slow/never"]],
    [["slow"], ["slow/late", "slow/never"]],
    [["slow/"], ["slow/late", "slow/never"]],
    [["slow/*"], ["slow/late", "slow/never"]],
    [["*"], ["crash/refused", "slow/late", "slow/never", "slow-start/late"]],
    [["*/late"], ["slow/late", "slow-start/late"]],
    [["{crash,slow}/*"], ["crash/refused", "slow/late", "slow/never"]],
    [
      ["slow/never", "crash", "slow/never"],
      ["crash/refused", "slow/never"],
    ],
  ])("%j", (words, ids) => {
    expect(selectScenarios(catalogue, words).map(({ id }) => id)).toEqual(ids);
  });

  test.each(["slow/nevr", "late", "crash/refused/more"])("refuses %s, which names nothing", (word) => {
    expect(() => selectScenarios(catalogue, ["slow", word])).toThrow(UnknownName);
  });
});

describe("selectProxies", () => {
  const [own, local, container, boxed] = [
    driver("own", { via: "embedded" }),
    driver("known", { via: "local" }),
    driver("known", { via: "container" }),
    driver("boxed", { via: "container" }),
  ];
  const drivers = [boxed, container, local, own];

  test("takes all that fit, the embedded one first", () => {
    expect(selectProxies(drivers, [], ["local"])).toEqual([own, local]);
    expect(selectProxies(drivers, [], ["container"])).toEqual([own, boxed, container]);
  });

  test("takes those named, in that order, once", () => {
    expect(selectProxies(drivers, ["known", "own", "known"], ["local"])).toEqual([local, own]);
    expect(selectProxies(drivers, ["known"], ["local", "container"])).toEqual([container, local]);
  });

  test("says by which way a proxy is to be had", () => {
    expect(() => selectProxies(drivers, ["boxed"], ["local"])).toThrow(
      "boxed is not to be had via local; wanted via container",
    );
  });

  test("takes profiles only when they are named, or by a glob, whatever the way", () => {
    const imitations = ["profile:one", "profile:two"].map((name) => driver(name, { via: "profile" }));
    const all = [...drivers, ...imitations];
    expect(selectProxies(all, [], ["local"])).toEqual([own, local]);
    expect(selectProxies(all, ["all"], ["local"])).toEqual([own, local]);
    expect(selectProxies(all, ["profile:two"], ["local"])).toEqual([imitations[1]]);
    expect(selectProxies(all, ["profile:*", "own"], ["container"])).toEqual([...imitations, own]);
    expect(proxyNamed(all, "profile:two", "local")).toBe(imitations[1]);
    expect(() => selectProxies(all, ["profil:*"], ["local"])).toThrow("no proxy is called “profil:*”");
  });

  test("--via container is container alone, and several add up", () => {
    const given = (...args: string[]) => {
      const run = program().commands.find((command) => command.name() === "run");
      run?.parseOptions(args);
      return run?.opts().via;
    };
    expect(given("--via", "container")).toEqual(["container"]);
    expect(given("--via", "local,container")).toEqual(["local", "container"]);
    expect(given("--via", "container", "--via", "local")).toEqual(["container", "local"]);
  });

  test("knows two ways", () => {
    expect(waysOf(["local", "container"])).toEqual(["local", "container"]);
    expect(() => waysOf(["moon"])).toThrow(UsageError);
  });
});
