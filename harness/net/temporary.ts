import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watch } from "./watchdog.ts";

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** A private folder that is gone with everything in it when it is disposed of. Short, since unix socket paths must be. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = mkdtempSync(join(tmpdir(), "bg-")); // in one step with the next line, so that no moment is unwatched
  const unwatch = watch.folder(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
      unwatch();
    },
  };
}
