import { join } from "node:path";
import { vi } from "vitest";
import type { Finding } from "../../harness/check/finding.ts";
import { program } from "../../harness/cli/program.ts";
import type { RunDocument } from "../../harness/report/json.ts";

export interface Checked {
  readonly code: number;
  readonly text: string;
}

export interface CheckDocument extends RunDocument {
  readonly findings: readonly Finding[];
}

/** The configurations that are checked, as somebody has written them. */
export const shop = join(import.meta.dirname, "shop");

/** Runs the command in this process. @throws UsageError as the command does */
export function check(...args: readonly string[]): Promise<Checked> {
  return typed("check", ...args);
}

/** What is typed behind `badgateway`, in this process. */
export async function typed(...args: readonly string[]): Promise<Checked> {
  const written: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  const progress = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    await program().parseAsync(["node", "badgateway", ...args]);
    return { code: Number(process.exitCode), text: written.join("") };
  } finally {
    process.exitCode = undefined;
    out.mockRestore();
    progress.mockRestore();
  }
}

/** The same, as programs read it. */
export async function checkJson(...args: readonly string[]): Promise<CheckDocument & { readonly code: number }> {
  const { code, text } = await check(...args, "--json");
  const document: CheckDocument = JSON.parse(text);
  return { ...document, code };
}
