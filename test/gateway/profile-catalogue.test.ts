import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recommendedStatus } from "../../harness/cause.ts";
import { answerOf } from "../../harness/gateway/profile-answer.ts";
import { loadProfiles, profileNamed } from "../../harness/gateway/profile-catalogue.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";

/** A whole profile, before something is wrong with it. */
const sound = {
  name: "sound",
  title: "A sound profile",
  sources: { memory: { title: "from memory", date: "2026-01-31" } },
  answers: { connection_refused: { status: 502, mark: "unconfirmed", source: "memory" } },
  timers: {},
  page: { type: "text/plain", body: "{status}" },
  fields: { own: [], every: [] },
  ids: {},
  log: { own: "{status}", relayed: "{status}" },
  beyond: [],
};

/** @returns what loading a folder with this one profile in it is refused with, or the profiles */
async function loading(profile: unknown): Promise<unknown> {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "wrong.js"), `export default ${JSON.stringify(profile)}`);
  return await loadProfiles(folder.path).catch((error: Error) => error.message);
}

describe("a profile file", () => {
  test("is loaded when it is sound", async () => {
    expect(await loading(sound)).toMatchObject([{ name: "sound" }]);
  });

  test.each([
    [
      "an unknown cause",
      { answers: { connection_refusd: sound.answers.connection_refused } },
      /answers.*connection_refus/,
    ],
    [
      "status 99",
      { answers: { connection_refused: { status: 99, mark: "derived", source: "memory" } } },
      /answers\.connection_refused\.status: is no error status/,
    ],
    [
      "no source",
      { answers: { connection_refused: { status: 502, mark: "derived" } } },
      /answers\.connection_refused\.source/,
    ],
    [
      "a source that is not listed",
      { allDown: { does: "route", mark: "derived", source: "hearsay" } },
      /allDown\.source: “hearsay”/,
    ],
    [
      "an unknown mark",
      { answers: { connection_refused: { status: 502, mark: "sure", source: "memory" } } },
      /answers\.connection_refused\.mark/,
    ],
    ["a misspelt key", { trustful: true }, /trustful/],
    [
      "a source that nothing is taken from",
      { sources: { ...sound.sources, hearsay: { title: "hearsay", date: "2026-01-31" } } },
      /sources\.hearsay: no entry is taken from it/,
    ],
    [
      "a field of a misspelt id",
      { fields: { own: [], every: [{ name: "X-Id", text: "{rayy}", mark: "derived", source: "memory" }] } },
      /fields\.every\.0\.text: nothing is known of \{rayy\}/,
    ],
    [
      "a field on every response that only an answer of its own could fill",
      { fields: { own: [], every: [{ name: "X-Word", text: "{word}", mark: "derived", source: "memory" }] } },
      /fields\.every\.0\.text: nothing is known of \{word\}/,
    ],
    ["a page that wants what only the log knows", { page: { type: "text/plain", body: "{sent}" } }, /page\.body/],
    ["a log of an unknown value", { log: { own: "{staus}", relayed: "-" } }, /log\.own: nothing is known of \{staus\}/],
    ["no date", { sources: { memory: { title: "from memory" } } }, /sources\.memory\.date/],
    ["no answer at all", { answers: {} }, /answers\.connection_refused: is missing/],
  ])("with %s is refused with file, entry and reason", async (_, wrong, entry) => {
    const message = await loading({ ...sound, ...wrong });
    expect(message).toMatch(/wrong\.js is no profile: sound: /);
    expect(message).toMatch(entry);
  });
});

describe("the profiles that come with badgateway", async () => {
  const profiles = await loadProfiles();

  test.each(profiles)("$name answers every cause, with mark, source and date", (profile) => {
    for (const cause of Object.keys(recommendedStatus) as (keyof typeof recommendedStatus)[]) {
      const { status, reason, source } = answerOf(profile, cause);
      expect(status, cause).toBeGreaterThanOrEqual(400);
      expect(reason, cause).not.toBe("");
      expect(source.date, cause).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test("are found by name, and a misspelt one is hinted at", async () => {
    expect(await profileNamed("aws-alb")).toMatchObject({ title: "AWS Application Load Balancer" });
    await expect(profileNamed("aws-abl")).rejects.toThrow("did you mean aws-alb?");
  });

  test("what a profile does not state itself is never called documented", async () => {
    const alb = await profileNamed("aws-alb");
    expect(answerOf(alb, "http_response_header_section_size").mark).toBe("documented");
    expect(answerOf(alb, "http_response_header_size")).toMatchObject({
      status: 502,
      mark: "derived",
      like: "http_response_header_section_size",
    });
  });
});
