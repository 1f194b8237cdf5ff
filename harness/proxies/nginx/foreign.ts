import { join } from "node:path";
import type { ForeignConduct } from "../program/program.ts";

/** A directive of the outermost level, which nginx takes only once: on its command line if it does not stand in the file. */
function unlessThere(text: string, directive: string, value: string): string {
  return new RegExp(`^\\s*${directive}\\s`, "m").test(text) ? "" : `${directive} ${value};`;
}

export const foreign: ForeignConduct = {
  name: /nginx.*\.conf/i,
  sign: /^\s*(http|events)\s*\{/m,
  arguments: (file, folder, text) => [
    ...["-p", folder, "-c", file, "-e", "stderr", "-g"],
    [
      unlessThere(text, "daemon", "off"),
      unlessThere(text, "pid", join(folder, "nginx.pid")),
      unlessThere(text, "error_log", "stderr info"),
      process.getuid?.() === 0 ? unlessThere(text, "user", "root") : "",
    ].join(" "),
  ],
};
