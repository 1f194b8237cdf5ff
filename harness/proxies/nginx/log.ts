import { textIfThere } from "../../net/text-if-there.ts";

/** `2026/01/31 12:00:00 [error] 17#17: *3 connect() failed …`: time, level, process#thread, connection, words. */
const line = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d (\[\w+\]) \d+#\d+: (?:\*\d+ )?(.*)$/;

/** What nginx says when a client leaves between requests: nothing about any of them. */
const goneBetweenRequests = /closed keepalive connection|closed connection while waiting for request/;

/** The words of an error log, without the time, the process and the connection, which differ from run to run. */
export async function logged(path: string): Promise<string[]> {
  const text = await textIfThere(path);
  return text
    .split("\n")
    .filter((text) => text !== "" && !goneBetweenRequests.test(text))
    .map((text) => text.replace(line, "$1 $2"));
}
