/** What a program of ours may know of the surroundings: enough to be found and to run, nothing that could change how it behaves. */
const KEPT = ["PATH", "HOME", "TMPDIR"];

/** An environment without proxy variables, NODE_OPTIONS, locale and the like, which would make a run depend on whose shell it is. */
export function cleanEnvironment(): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
