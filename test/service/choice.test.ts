import { describe, expect, test } from "vitest";
import { whyNotByPath } from "../../harness/check/by-path.ts";
import type { Fault } from "../../harness/fault.ts";
import { answer } from "../../harness/faults/content.ts";
import { inTurn } from "../../harness/faults/in-turn.ts";
import { respond } from "../../harness/faults/respond.ts";
import { fin, readRequest, send } from "../../harness/faults/steps.ts";
import { healthy, wire } from "../../harness/faults/wire.ts";
import { loadScenarios } from "../../harness/folder.ts";
import type { NamedScenario } from "../../harness/scenario.ts";
import { choiceOf } from "../../harness/service/choice.ts";

const scenarios = await loadScenarios();
const [example] = scenarios as [NamedScenario];
const choiceFor = (fault: Fault) => choiceOf({ ...example, id: "crash/example", upstreams: [fault] });

describe("a fault is chosen", () => {
  test("by the request that its steps begin with", () => {
    expect(choiceFor(wire(readRequest(), fin()))).toBe("request");
    expect(choiceFor(wire(respond(() => answer())))).toBe("request");
    expect(choiceFor(wire(send(answer()), readRequest()))).toBe("port");
  });

  test("by a port where one of those that take turns begins without a request", () => {
    expect(choiceFor(inTurn([healthy(), wire(readRequest(), fin())]))).toBe("request");
    expect(choiceFor(inTurn([healthy(), wire(fin())]))).toBe("port");
  });

  test("by nothing where it needs our own client, whoever it stands behind", () => {
    const needing: Fault = { ...healthy(), needs: "our client" };
    expect(choiceFor(needing)).toBeUndefined();
    expect(choiceFor(inTurn([healthy(), needing]))).toBeUndefined();
  });

  test.each([
    ["upgrade/dropped", "request"],
    ["malformed/response-before-request", "port"],
    ["exhaustion/connection-limit", "port"],
    ["exhaustion/file-descriptors", "port"],
    ["crash/idle-close", "request"],
    ["crash/restarting", undefined],
  ])("%s by %s", (id, choice) => {
    expect(scenarios.filter((scenario) => scenario.id === id).map(choiceOf)).toEqual([choice]);
  });
});

test("of a fault that needs our own client a backend somewhere else says so", () => {
  const restarting = scenarios.filter(({ id }) => id === "crash/restarting");
  expect(restarting.map(whyNotByPath)).toEqual([expect.stringContaining("waits for what the client is told")]);
});
