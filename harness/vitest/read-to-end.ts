import { withDeadline } from "../net/deadline.ts";
import type { Answer } from "./answer.ts";
import { failureOf } from "./broken.ts";

/** How long a body may take to come to its end, in milliseconds. */
const patience = 5_000;

/** Reads a copy of a response's body, which stays to be read, and tells how it ended. */
export async function readToEnd(response: Response): Promise<Pick<Answer, "end" | "words">> {
  const reader = response.clone().body?.getReader();
  if (!reader) return { end: "whole" };
  const read = async () => {
    while (!(await reader.read()).done);
  };
  const reading = read();
  try {
    await withDeadline(reading, patience, "The body came to no end");
    return { end: "whole" };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { kind, words } = failureOf(error);
    if (kind === "cut") return { end: "cut", words };
    reading.catch(() => {});
    void reader.cancel().catch(() => {});
    return { end: "unread", words };
  }
}
