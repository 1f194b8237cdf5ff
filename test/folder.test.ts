import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadScenarios } from "../harness/folder.ts";
import { temporaryFolder } from "../harness/net/temporary.ts";
import { badgateway } from "./cli/badgateway.ts";

/** A scenario as text, right in every part but those that are replaced. */
function page(parts: Readonly<Record<string, string>> = {}): string {
  const sound = {
    title: '"a title"',
    cause: '"connection_refused"',
    upstreams: "[{ open: async () => {} }]",
    claim: '"own"',
    proof: '[{ act: "fin" }]',
    story: '{ symptom: "s", why: "w", evidence: ["e"], remedy: "r" }',
    spec: '["RFC 9209 §2.3.7"]',
  };
  const all = Object.entries({ ...sound, ...parts }).filter(([, value]) => value !== "");
  return `export default { ${all.map(([key, value]) => `${key}: ${value}`).join(", ")} };\n`;
}

async function folderWith(text: string) {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, "family"));
  await writeFile(join(folder.path, "family", "name.js"), text);
  return folder;
}

describe("a scenario file", () => {
  test("gets its id from its path", async () => {
    await using folder = await folderWith(page());
    expect(await loadScenarios(folder.path)).toMatchObject([{ id: "family/name", title: "a title" }]);
  });

  test("is none where it is hidden, or its folder is, or it is of types alone, or anything but a module", async () => {
    await using folder = await folderWith(page());
    await mkdir(join(folder.path, ".tools"));
    const others = [".tools/name.js", "family/.name.js", "family/types.d.ts", "family/notes.md", "name.js"];
    for (const path of others) await writeFile(join(folder.path, path), "no scenario");
    expect((await loadScenarios(folder.path)).map(({ id }) => id)).toEqual(["family/name"]);
  });

  test.each([
    ["with an unknown key", page({ clain: '"cut"' }), "clain"],
    ["with an unknown key in an ask", page({ asks: '[{ metod: "POST" }]' }), "metod"],
    ["without a proof", page({ proof: "[]" }), "proof: must name at least one act"],
    [
      "whose proofs may be missing",
      page({ proof: '[{ act: "a", times: 0 }, { act: "b", times: [0, 2] }]' }),
      "proof: must",
    ],
    ["without any proof at all", page({ proof: "" }), "proof"],
    ["with a misspelt outcome", page({ claim: '"own(5022)"' }), "claim"],
    ["with a misspelt cause", page({ cause: '"connection_refusd"' }), "cause"],
    ["whose claim allows nearly everything", page({ claim: '["own", "cut", "clean", "silent", "hang"]' }), "claim"],
    ["whose claim allows nothing", page({ claim: "[]" }), "claim"],
    ["whose tally counts nothing", page({ claim: "{ tally: { own: [0, 3] } }" }), "claim"],
    ["that claims the recommended status of no cause", page({ cause: "" }), "cause: is needed"],
    ["with an upstream that is no fault", page({ upstreams: "[{}]" }), "upstreams.0: is no fault"],
    ["without a story", page({ story: "" }), "story"],
    ["that is no JavaScript", "export default {", "cannot be loaded"],
    ["that exports nothing", "export const scenario = {};\n", "default export"],
  ])("%s is refused, with its path and the key", async (_, text, key) => {
    await using folder = await folderWith(text);
    const refused = loadScenarios(folder.path);
    await expect(refused).rejects.toThrow(join(folder.path, "family", "name.js"));
    await expect(refused).rejects.toThrow(key);
  });

  test("that is wrong ends a run before it begins, with exit code 2", async () => {
    await using folder = await folderWith(page({ proof: "[]" }));
    const ended = await badgateway(["run", "--catalogue", folder.path, "--proxy", "gateway"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^badgateway: .*name\.js .*proof: must name at least one act.*\n$/);
  });
});
