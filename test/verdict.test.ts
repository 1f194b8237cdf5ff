import { describe, expect, test } from "vitest";
import type { Dialect } from "../harness/dialect.ts";
import type { Outcome } from "../harness/outcome.ts";
import { defaultTimers } from "../harness/plan.ts";
import type { NamedScenario } from "../harness/scenario.ts";
import type { Exchange, Trial } from "../harness/trial.ts";
import { judge } from "../harness/verdict.ts";

const story = { symptom: "s", why: "w", evidence: ["e"], remedy: "r" };
const noRows: Dialect = { rows: [] };

function scenario(parts: Partial<NamedScenario> = {}): NamedScenario {
  return {
    id: "slow/never-answers",
    title: "t",
    cause: "connection_read_timeout",
    upstreams: [],
    claim: "own",
    proof: [{ act: "silent" }],
    story,
    spec: ["RFC 9209 §2.3.10"],
    ...parts,
  };
}

function exchange(outcome: Outcome, parts: Partial<Exchange> = {}): Exchange {
  const nothing = { bytes: 0, first: "" };
  return { ask: 0, at: 0, took: 305, sending: 1, sent: nothing, received: nothing, ending: "whole", outcome, ...parts };
}

function trial(exchanges: readonly Exchange[], parts: Partial<Trial> = {}): Trial {
  const plan = {
    upstreams: ["http://127.0.0.1:1"],
    timers: defaultTimers,
    trust: { ca: "ca.pem" },
    retries: 0,
    keepAlive: true,
    headLimit: 16_384,
  };
  const timeline = [{ at: 1, who: "upstream 1", act: "silent" }];
  const base = {
    format: 1,
    scenario: "slow/never-answers",
    driver: "d",
    via: "local",
    version: "1.22.1",
    seed: 1,
  } as const;
  return { ...base, plan, exchanges, timeline, connections: [], said: [], ...parts };
}

describe("a trial is void", () => {
  test("when an ask was not put as often as it should have been", () => {
    expect(judge(scenario(), noRows, 1, trial([]))).toMatchObject({
      kind: "void",
      why: ["ask 1 was put 0 times, wanted 1"],
    });
    const twice = scenario({ asks: [{}, { times: 3 }] });
    const put = [exchange("own(504)"), ...[1, 2].map(() => exchange("own(504)", { ask: 1 }))];
    expect(judge(twice, noRows, 1, trial(put))).toMatchObject({
      kind: "void",
      why: ["ask 2 was put 2 times, wanted 3"],
    });
  });
});

test("a row of a dialect that answers fewer asks than there are says so", () => {
  const answers = [{ claim: "own" }] as const;
  const row = { on: { id: "slow/never-answers" }, answers, reason: "r", source: "s", versions: "*" };
  const both = [exchange("own(504)"), exchange("own(504)", { ask: 1 })];
  expect(() => judge(scenario({ asks: [{}, {}] }), { rows: [row] }, 1, trial(both))).toThrow(
    "the row about slow/never-answers has 1 answers, wanted one for each ask of slow/never-answers",
  );
});

test("a Proxy-Status that is no list is one complaint", () => {
  const response = { status: 504, reason: "", interim: [], bodyBytes: 0, fromOrigin: false, framed: true };
  const fields = [["Proxy-Status", 'gw; error="'] as const];
  const told = exchange("own(504)", { response: { ...response, fields } });
  expect(judge(scenario(), { proxyStatus: true, rows: [] }, 1, trial([told]))).toMatchObject({
    kind: "fail",
    why: ["Proxy-Status cannot be read"],
  });
});

test("nothing matches across what a transcript leaves out", () => {
  const secret = scenario({ claim: "clean", never: { "the word": /^X-Key: secret/m } });
  const judged = (bytes: number) =>
    judge(secret, noRows, 1, trial([exchange("clean", { received: { bytes, first: "X-Key: sec", last: "ret" } })])).why;
  expect(judged(13)).toEqual(["the client got the word"]);
  expect(judged(14)).toEqual([]);
});

describe("a claim", () => {
  test("of `own` is the status that the oracle recommends for the cause", () => {
    expect(judge(scenario(), noRows, 1, trial([exchange("own(504)")])).kind).toBe("pass");
    expect(judge(scenario(), noRows, 1, trial([exchange("own(502)")]))).toMatchObject({
      kind: "fail",
      why: ["own(502), wanted own(504)"],
    });
  });

  test("may be a set, and anything else fails", () => {
    const either = scenario({ claim: ["own", "cut"] });
    expect(judge(either, noRows, 1, trial([exchange("cut")])).kind).toBe("pass");
    for (const outcome of ["silent", "hang", "closed", "raw", "died", "clean", "relayed(504)"] as const)
      expect(judge(either, noRows, 1, trial([exchange(outcome)])).kind).toBe("fail");
  });

  test("may differ from ask to ask", () => {
    const restarting = scenario({ cause: "connection_refused", asks: [{}, { claim: "clean" }] });
    const both = [exchange("own(502)"), exchange("clean", { ask: 1 })];
    expect(judge(restarting, noRows, 1, trial(both)).kind).toBe("pass");
    const swapped = [exchange("clean"), exchange("own(502)", { ask: 1 })];
    expect(judge(restarting, noRows, 1, trial(swapped)).why).toEqual([
      "ask 1: clean, wanted own(502)",
      "ask 2: own(502), wanted clean",
    ]);
  });

  test("may be a tally, which allows no outcome that it does not count", () => {
    const claim = { tally: { clean: 2, own: [1, 2] } } as const;
    const judged = (...outcomes: Outcome[]) => {
      const limit = scenario({ cause: "connection_terminated", claim, asks: [{ times: outcomes.length }] });
      return judge(limit, noRows, 1, trial(outcomes.map((outcome) => exchange(outcome))));
    };
    expect(judged("clean", "own(502)", "clean").kind).toBe("pass");
    expect(judged("clean", "own(502)").why).toEqual(["clean 1 times, wanted 2"]);
    expect(judged("clean", "clean").why).toEqual(["own(502) 0 times, wanted 1 to 2"]);
    expect(judged("clean", "clean", "own(502)", "hang").why).toEqual(["hang, wanted none"]);
  });

  test("of a remedied run fails as any other", () => {
    const remedied = scenario({ remedied: true, claim: "clean", proof: [] });
    expect(judge(remedied, noRows, 1, trial([exchange("own(504)")])).kind).toBe("fail");
  });
});

describe("a row by cause", () => {
  const reason = "It says so.";
  const refused = {
    on: { cause: "connection_refused" },
    answers: "own(521)",
    reason,
    source: "a page",
    versions: "*",
  } as const;
  const closed = {
    ...refused,
    on: { cause: "connection_terminated" },
    answers: "own(520)",
    mark: "unconfirmed",
  } as const;
  const dialect = { rows: [refused, closed] };

  test("says what `own` stands for in a tally, too", () => {
    const claim = { tally: { own: 1, clean: 1 } };
    const half = scenario({ cause: "connection_refused", claim, asks: [{ times: 2 }] });
    expect(judge(half, dialect, 1, trial([exchange("own(521)"), exchange("clean")])).kind).toBe("pass");
    expect(judge(half, dialect, 1, trial([exchange("own(502)"), exchange("clean")])).kind).toBe("fail");
  });

  test("speaks of its own cause alone where several may apply", () => {
    const either = scenario({ cause: ["connection_terminated", "tls_protocol_error"] });
    const kinds = (["own(520)", "own(502)", "own(521)"] as const).map(
      (outcome) => judge(either, dialect, 1, trial([exchange(outcome)])).kind,
    );
    expect(kinds).toEqual(["pass", "pass", "fail"]);
  });

  test("says how sure it is, unless it is measured", () => {
    const verdictOf = (cause: "connection_refused" | "connection_terminated", outcome: Outcome) =>
      judge(scenario({ cause }), dialect, 1, trial([exchange(outcome)]));
    expect(verdictOf("connection_terminated", "own(520)")).toMatchObject({
      mark: "unconfirmed",
      departs: ["It says so. (unconfirmed: a page)"],
    });
    expect(verdictOf("connection_refused", "own(521)")).not.toHaveProperty("mark");
  });
});

describe("a proof", () => {
  test("that is missing makes the trial void, whatever the outcome", () => {
    const verdict = judge(scenario(), noRows, 1, trial([exchange("own(504)")], { timeline: [] }));
    expect(verdict).toMatchObject({ kind: "void", why: ["not proven: “silent” was noted 0 times, wanted at least 1"] });
  });

  test("with a count fails on one too many: the POST arrived twice", () => {
    const once = scenario({ proof: [{ act: "request-read", times: 1 }] });
    const read = { at: 1, who: "upstream 1", act: "request-read" };
    expect(judge(once, noRows, 1, trial([exchange("own(504)")], { timeline: [read] })).kind).toBe("pass");
    expect(judge(once, noRows, 1, trial([exchange("own(504)")], { timeline: [read, read] })).kind).toBe("void");
  });

  test("may be asked of one upstream", () => {
    const second = scenario({ proof: [{ act: "silent", upstream: 2 }] });
    expect(judge(second, noRows, 1, trial([exchange("own(504)")])).kind).toBe("void");
  });
});

describe("a timer", () => {
  const atHead = scenario({ at: "head" });
  test.each([
    [2, "fail"],
    [290, "fail"],
    [300, "pass"],
    [340, "pass"],
    [900, "fail"],
  ])("of 300 ms and an answer after %i ms: %s", (took, kind) => {
    expect(judge(atHead, noRows, 1, trial([exchange("own(504)", { took })])).kind).toBe(kind);
  });

  test("is counted from the last octet that was taken: an upload takes a while of its own", () => {
    const late = exchange("own(504)", { took: 800, sending: 480 });
    expect(judge(atHead, noRows, 1, trial([late])).kind).toBe("pass");
    expect(judge(atHead, noRows, 1, trial([{ ...late, sending: 20 }])).kind).toBe("fail");
  });

  test("is rounded up to the grain of the proxy's clock", () => {
    expect(judge(atHead, noRows, 1000, trial([exchange("own(504)", { took: 1_100 })])).kind).toBe("pass");
    expect(judge(atHead, noRows, 1000, trial([exchange("own(504)", { took: 305 })])).kind).toBe("fail");
  });
});

describe("what the client got", () => {
  const received = (first: string) => ({ received: { bytes: first.length, first } });

  test("must not match a forbidden pattern, in any outcome", () => {
    const strict = scenario({ claim: ["own", "clean"], never: { "a bare CR": /\r(?!\n)/ } });
    const bare = exchange("clean", received("HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n"));
    expect(judge(strict, noRows, 1, trial([bare])).why).toEqual(["the client got a bare CR"]);
  });

  test("must match a demanded one when it is the origin's", () => {
    const strict = scenario({ claim: ["own", "clean"], always: { "the last field": /X-Last:/ } });
    const without = exchange("clean", received("HTTP/1.1 200 OK\r\n\r\n"));
    expect(judge(strict, noRows, 1, trial([without])).why).toEqual(["the client did not get the last field"]);
    expect(judge(strict, noRows, 1, trial([{ ...without, outcome: "own(504)" }])).kind).toBe("pass");
  });
});

describe("Proxy-Status, where a proxy speaks it,", () => {
  const speaks: Dialect = { proxyStatus: true, rows: [] };
  const saying = (value?: string) =>
    exchange("own(504)", {
      response: {
        status: 504,
        reason: "",
        fields: value === undefined ? [] : [["Proxy-Status", value]],
        interim: [],
        bodyBytes: 0,
        fromOrigin: false,
        framed: true,
      },
    });

  test("must name a cause of the scenario", () => {
    expect(judge(scenario(), speaks, 1, trial([saying("gw;error=connection_read_timeout")])).kind).toBe("pass");
    expect(judge(scenario(), speaks, 1, trial([saying("gw;error=connection_timeout")])).why).toEqual([
      "Proxy-Status error=connection_timeout, wanted connection_read_timeout",
    ]);
  });

  test("must be there", () => {
    expect(judge(scenario(), speaks, 1, trial([saying()])).kind).toBe("fail");
    expect(judge(scenario(), noRows, 1, trial([saying()])).kind).toBe("pass");
  });
});

describe("a dialect", () => {
  const row = { reason: "because", source: "src", versions: ">=1.22 <1.23" };
  const byCause: Dialect = { rows: [{ on: { cause: "connection_read_timeout" }, answers: "own(502)", ...row }] };

  test("by cause rewrites the proxy's own answer, and the oracle's is then wrong", () => {
    expect(judge(scenario(), byCause, 1, trial([exchange("own(502)")]))).toEqual({
      kind: "pass",
      why: [],
      departs: ["because (src)"],
    });
    expect(judge(scenario(), byCause, 1, trial([exchange("own(504)")])).kind).toBe("fail");
  });

  test("by cause leaves what is not the proxy's own", () => {
    expect(judge(scenario({ claim: "cut" }), byCause, 1, trial([exchange("cut")])).kind).toBe("pass");
  });

  test("by id beats one by glob, which beats one by cause", () => {
    const rows = [
      ...byCause.rows,
      { on: { glob: "slow/*" }, answers: "closed", ...row },
      { on: { id: "slow/never-answers" }, answers: "raw", ...row },
    ] as const;
    expect(judge(scenario(), { rows }, 1, trial([exchange("raw")])).kind).toBe("pass");
    expect(judge(scenario({ id: "slow/other" }), { rows }, 1, trial([exchange("closed")])).kind).toBe("pass");
    expect(judge(scenario({ id: "tls/other" }), { rows }, 1, trial([exchange("own(502)")])).kind).toBe("pass");
  });

  test("by id speaks of the fault, unless it says that it speaks of the remedied run", () => {
    const remedied = scenario({ remedied: true });
    const rows = [{ on: { id: "slow/never-answers" }, answers: "raw", ...row }] as const;
    expect(judge(remedied, { rows }, 1, trial([exchange("raw")])).kind).toBe("fail");
    const both = [...rows, { ...rows[0], remedied: true, answers: "closed" }] as const;
    expect(judge(remedied, { rows: both }, 1, trial([exchange("closed")])).kind).toBe("pass");
    expect(judge(scenario(), { rows: both }, 1, trial([exchange("raw")])).kind).toBe("pass");
  });

  test("may waive a premise that cannot happen with this proxy", () => {
    const rows = [{ on: { id: "slow/never-answers" }, waives: ["silent"], ...row }];
    expect(judge(scenario(), { rows }, 1, trial([exchange("own(504)")], { timeline: [] })).kind).toBe("pass");
  });

  test("may admit what must never stand in a response, and nothing else", () => {
    const strict = scenario({ claim: "clean", never: { "a bare CR": /\r(?!\n)/, "a NUL": /\0/ } });
    const rows = [{ on: { id: "slow/never-answers" }, admits: ["a bare CR"], ...row }];
    const got = exchange("clean", { received: { bytes: 6, first: "a\rb\0\r\n" } });
    expect(judge(strict, { rows }, 1, trial([got])).why).toEqual(["the client got a NUL"]);
  });

  test("does not speak for a version outside its range: what it cannot explain is skipped, not failed", () => {
    const newer = { version: "1.29.0" };
    expect(judge(scenario(), byCause, 1, trial([exchange("own(502)")], newer)).kind).toBe("skipped");
    expect(judge(scenario(), byCause, 1, trial([exchange("own(504)")], newer)).kind).toBe("pass");
  });
});
