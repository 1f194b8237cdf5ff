import { describe, expect, test } from "vitest";
import { patternsBroken } from "../harness/evidence.ts";
import { loadScenarios } from "../harness/folder.ts";
import type { Outcome } from "../harness/outcome.ts";

const scenarios = await loadScenarios();

type Seen = Parameters<typeof patternsBroken>[1];

function broken(id: string, exchange: Seen) {
  const scenario = scenarios.find((each) => each.id === id);
  if (!scenario) throw new Error(`there is no scenario ${id}`);
  return patternsBroken(scenario, exchange);
}

/** @param text latin1, as the transcript has it */
function exchangeOf(outcome: Outcome, text: string): Seen {
  const [head = ""] = text.split("\r\n\r\n", 1);
  const [, ...lines] = head.split("\r\n");
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const response = { status: 200, reason: "OK", fields, interim: [], bodyBytes: 0, fromOrigin: true, framed: true };
  return { outcome, received: { bytes: text.length, first: text }, response };
}

const sorry = Buffer.from("<h1>We’re sorry — Ë, 日本語, \u200b</h1>").toString("latin1");
const page = `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${sorry}`;

describe("what a client must never get", () => {
  const answering = scenarios.filter(
    ({ never, claim, asks = [] }) =>
      never && [claim].flat().includes("own") && !asks.some(({ method }) => method === "HEAD"),
  );
  test.each(answering)("is in no page in UTF-8 of the proxy's own: $id", ({ id }) => {
    expect(broken(id, exchangeOf("own(502)", page)).got).toEqual([]);
  });

  test("is found where it stands", () => {
    const nul = exchangeOf("clean", "HTTP/1.1 200 OK\r\nX-Key: a\0b\r\n\r\n");
    expect(broken("malformed/nul-in-field", nul).got).toEqual(["the NUL"]);
    const gzip = exchangeOf("clean", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n\x1f\x8b\b\0\r\n");
    expect(broken("malformed/coding-gzip-chunked", gzip).got).toHaveLength(1);
  });
});

describe("a message whose coding nobody knows", () => {
  const lacking = (...fields: string[]) =>
    broken("malformed/coding-unknown", exchangeOf("clean", ["HTTP/1.1 200 OK", ...fields, "", "x"].join("\r\n")))
      .lacking;

  test("ends with the connection", () => {
    expect(lacking("Transfer-Encoding: foo", "Connection: close")).toEqual([]);
    expect(lacking("Connection: close")).toEqual([]);
  });

  test.each([
    "Content-Length: 1",
    "content-length: 1",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: foo, chunked",
  ])("does not end by %s", (field) => expect(lacking(field)).toEqual(["a message that ends with the connection"]));
});
