import { join } from "node:path";
import type { ForeignConduct } from "../program/program.ts";

/** A directive of the outermost level, which nginx takes only once: on its command line if it does not stand in the file. */
function unlessThere(text: string, directive: string, value: string): string {
  return new RegExp(`^\\s*${directive}\\s`, "m").test(text) ? "" : `${directive} ${value};`;
}

/** It takes no second `daemon`, so that one of these cannot be overruled. */
function refuseDaemon(text: string): void {
  if (/^\s*daemon\s+on\s*;/m.test(text))
    throw new Error("it says `daemon on`, and would outlive the check: take that out, or write `daemon off`");
}

export const foreign: ForeignConduct = {
  name: /nginx.*\.conf/i,
  sign: /^\s*(http|events)\s*\{/m,
  arguments(file, folder, text) {
    refuseDaemon(text);
    const directives = [
      unlessThere(text, "daemon", "off"),
      unlessThere(text, "pid", join(folder, "nginx.pid")),
      unlessThere(text, "error_log", "stderr info"),
      process.getuid?.() === 0 ? unlessThere(text, "user", "root") : "",
    ];
    return ["-p", folder, "-c", file, "-e", "stderr", "-g", directives.join(" ")];
  },
};
