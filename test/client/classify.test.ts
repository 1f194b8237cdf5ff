import { expect, test } from "vitest";
import { type Evidence, outcomeOf } from "../../harness/client/classify.ts";

const whole = { status: 200, fromOrigin: true, framed: true };

test.each<[string, Evidence, string]>([
  ["nothing at all, then FIN", { ending: "fin", begun: false }, "closed"],
  ["nothing at all, then RST", { ending: "rst", begun: false }, "closed"],
  ["bytes that are no head", { ending: "malformed", begun: true }, "raw"],
  ["half a head, then FIN", { ending: "fin", begun: true }, "raw"],
  ["silence", { ending: "deadline", begun: false }, "hang"],
  ["half a head, then silence", { ending: "deadline", begun: true }, "hang"],
  ["a head, then silence", { ending: "deadline", begun: true, response: { ...whole, framed: false } }, "hang"],
  ["the origin's 200", { ending: "whole", begun: true, response: whole }, "clean"],
  [
    "the origin's 200 with a sound body",
    { ending: "whole", begun: true, response: { ...whole, intact: true } },
    "clean",
  ],
  ["the origin's 404", { ending: "whole", begun: true, response: { ...whole, status: 404 } }, "relayed(404)"],
  [
    "the proxy's 502",
    { ending: "whole", begun: true, response: { ...whole, status: 502, fromOrigin: false } },
    "own(502)",
  ],
  ["the proxy's 200", { ending: "fin", begun: true, response: { ...whole, fromOrigin: false } }, "own(200)"],
  ["the origin's 200, broken off", { ending: "fin", begun: true, response: { ...whole, framed: false } }, "cut"],
  [
    "the origin's 404, reset",
    { ending: "rst", begun: true, response: { ...whole, status: 404, framed: false } },
    "cut",
  ],
  ["a bad chunk", { ending: "malformed", begun: true, response: { ...whole, framed: false, intact: false } }, "cut"],
  [
    "the proxy's own, broken off",
    { ending: "fin", begun: true, response: { status: 502, fromOrigin: false, framed: false } },
    "cut",
  ],
  ["the origin's 200, short", { ending: "whole", begun: true, response: { ...whole, intact: false } }, "silent"],
  [
    "the origin's 500, short",
    { ending: "fin", begun: true, response: { ...whole, status: 500, intact: false } },
    "silent",
  ],
  [
    "another's broken body",
    { ending: "whole", begun: true, response: { ...whole, fromOrigin: false, intact: false } },
    "own(200)",
  ],
])("%s: %o is %s", (_, evidence, outcome) => {
  expect(outcomeOf(evidence)).toBe(outcome);
});
