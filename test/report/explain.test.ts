import { describe, expect, test } from "vitest";
import { explain } from "../../harness/report/explain.ts";
import { cell, driver, exchange, scenario, trial } from "./cells.ts";

const gateway = driver("gateway", { via: "embedded" });
const failed = (changes: Parameters<typeof trial>[0]) =>
  explain(cell(scenario("slow/never"), gateway, "fail", { why: ["hang, wanted own(504)"], trial: trial(changes) }));

describe("explain", () => {
  test("writes control characters out, so that no peer can draw on the terminal", () => {
    const text = failed({
      exchanges: [
        exchange("raw", { received: { bytes: 10, first: "\u001b[31mred\u0007\u009b" }, ending: "malformed" }),
      ],
      timeline: [{ at: 0, who: "client", act: "asked", detail: "GET /\r\n\u001b]0;title" }],
      said: ["a\u202eb\u0000c"],
      died: "killed by \u001b[2J",
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there must be none
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).toContain("→ 1b 5b 33 31 6d 72 65 64 07 9b (10 octets), given up as no response");
    expect(text).toContain("GET /\\r\\n\\x1b]0;title");
    expect(text).toContain("a\\x202eb\\x00c");
    expect(text).toContain("gateway is gone".replace("gateway", "nginx"));
  });

  test("shows both sides of the wire", () => {
    const connections = [
      {
        who: "upstream 1",
        number: 1,
        received: { bytes: 40, first: "GET / HTTP/1.1\r\n" },
        sent: { bytes: 0, first: "" },
      },
    ];
    const nothing = exchange("hang", { received: { bytes: 0, first: "" }, ending: "deadline", took: 5000 });
    const text = failed({ connections, exchanges: [nothing] });
    expect(text).toContain("upstream 1, connection 1: GET / HTTP/1.1 (40 octets) → nothing");
    expect(text).toContain("GET /path HTTP/1.1 (35 octets) → nothing, given up waiting after 5000 ms");
  });

  test("keeps the first and the last of very many notes", () => {
    const timeline = Array.from({ length: 500 }, (_, at) => ({
      at,
      who: "upstream 1",
      act: "sent",
      detail: `piece ${at}`,
    }));
    const text = failed({ timeline });
    expect(text).toContain("piece 0\n");
    expect(text).toContain("… 460 more notes …");
    expect(text).toContain("piece 499\n");
    expect(text.split("\n").length).toBeLessThan(60);
  });

  test("says what there is to say without a trial", () => {
    const text = explain(
      cell(scenario("slow/never"), gateway, "void", { why: ["the scene could not be set: no port"] }),
    );
    expect(text).toBe(
      [
        "○ slow/never on gateway",
        "  The title of slow/never",
        "  the scene could not be set: no port",
        "",
        "  again: badgateway run slow/never --proxy gateway",
      ].join("\n"),
    );
  });
});
