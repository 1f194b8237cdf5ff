import { open } from "node:fs/promises";

/** Status, bytes of the body, upstream, request. No address of a client, no time: they differ from run to run. */
export const logFormat = '$status $body_bytes_sent $backend_host:$backend_port "$request"';

/** `2026-01-31T12:00:00.000Z 17 17 0a1b2c3d WARN (shrpx.cc:17) [DCONN:0x7f00] words`: time, processes, level, place, object. */
const line = /^\S+Z \d+ \d+ \w+ (?<level>[A-Z]+) \((?<file>\w+)\.cc:\d+\) (?:\[\w+:0x\w+\] )?(?<words>.*)$/;

/** The port accepts before the certificates are read; this is said when everything is. */
export async function isServing(path: string): Promise<boolean> {
  return (await textOf(path)).includes("Entering event loop");
}

/** Of the many things it says about a request that is well, and of its start, nothing; a failed connect it tells twice. */
const ailing = /failure|failed|prematurely|error|time ?out|EOF|Too (?:large|many)|No working/i;
const toldTwice = "shrpx_connect_blocker";
const access = /^\d+ \d+ \S+ "/;

/** What a route's log says about requests: what ailed them, and how they ended. */
export async function wordsOf(path: string): Promise<string[]> {
  const text = await textOf(path);
  return text.split("\n").flatMap((text) => {
    const { level, file, words = "" } = line.exec(text)?.groups ?? {};
    if (level !== undefined) return ailing.test(words) && file !== toldTwice ? [`${level} ${words}`] : [];
    return access.test(text) ? [text] : [];
  });
}

/** How much of a log is read, in octets: its end. A flood of interim responses is told one by one, in megabytes. */
const most = 262_144;

async function textOf(path: string): Promise<string> {
  try {
    await using file = await open(path);
    const { size } = await file.stat();
    const length = Math.min(size, most);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString("utf8", 0, bytesRead);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
