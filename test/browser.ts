import { type Browser, chromium } from "playwright-core";
import { findProgram } from "../harness/net/program.ts";

/** What this machine lacks to open a page in a browser. */
export async function browserMissing(): Promise<string | undefined> {
  return (await findProgram("chromium")) ? undefined : "no chromium on the PATH: apt-get install chromium";
}

/** Chromium as the system has it. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await findProgram("chromium");
  if (executablePath === undefined) throw new Error(await browserMissing());
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
