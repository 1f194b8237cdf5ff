import picomatch from "picomatch";
import { causeOf, scenariosOf } from "/root/wt/diagnose/harness/diagnose/diagnosis.ts";
import { loadScenarios } from "/root/wt/diagnose/harness/folder.ts";
import { openGrounds } from "/root/wt/diagnose/harness/lab/grounds.ts";
import { causesOf } from "/root/wt/diagnose/harness/scenario.ts";
import { examine } from "/root/wt/diagnose/test/diagnose/own-faults.ts";

const grounds = await openGrounds();
const only = process.argv[2] ? picomatch(process.argv.slice(2)) : () => true;
const all = (await loadScenarios()).filter((s) => only(s.id));
const t = performance.now();
const out = [];
const one = async (s) => {
  for (const u of s.upstreams) {
    const m = await u.missing?.();
    if (m) {
      out.push(`skip ${s.id} ${m}`);
      return;
    }
  }
  const ask = s.id.includes("stale") ? {} : (s.asks ?? [{}]).at(-1);
  const t0 = performance.now();
  try {
    const e = await examine(s, grounds, ask);
    const causes = e.diagnoses.map(causeOf);
    const want = causesOf(s);
    const ok = want.length ? causes.some((c) => want.includes(c)) : causes.every((c) => c === undefined);
    const scn = e.diagnoses.flatMap(scenariosOf);
    const named = scn.includes(s.id) || (!want.length && scn.length === 0);
    out.push(
      `${ok ? "ok  " : "BAD "} ${named ? "named" : "UNNAMED"} ${s.id} want ${want.join("|") || "-"} got ${causes.join()} ${e.diagnoses.flatMap((d) => d.findings.map((f) => f.sign + ": " + f.says)).join("; ")} ${Math.round(performance.now() - t0)}ms`,
    );
  } catch (err) {
    out.push(`ERR ${s.id} ${err.stack}`);
  }
};
const normal = all.filter((s) => !s.alone && !s.id.startsWith("container/")),
  rest = all.filter((s) => s.alone || s.id.startsWith("container/"));
await Promise.all(normal.map(one));
console.log("side by side", Math.round(performance.now() - t));
for (const s of rest) await one(s);
console.log(
  out
    .filter((l) => !(l.startsWith("ok  ") && l.includes(" named ")) || process.argv[2])
    .sort()
    .join("\n"),
);
console.log(
  out.filter((l) => l.startsWith("ok")).length,
  "/",
  all.length,
  "named",
  out.filter((l) => l.includes(" named ")).length,
  Math.round(performance.now() - t),
);
await grounds[Symbol.asyncDispose]();
