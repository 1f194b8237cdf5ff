import type { ServerResponse } from "node:http";
import { describedBody } from "../../body.ts";
import { giveWay } from "./give-way.ts";
import type { AppOrder, Handling } from "./order.ts";

/** How the application speaks at one of its sites. */
export interface Voice {
  /** Marks its answers as the origin's. */
  readonly nonce: string;
  readonly body: Buffer;
  /** Answers soundly, with 200 unless told. */
  answer(response: ServerResponse, status?: number): void;
  report(act: string, detail?: string): void;
}

export function voiceOf(nonce: string, report: Voice["report"]): Voice {
  const body = describedBody(nonce, 100);
  const length = body.length;
  const fields = { "Content-Type": "text/plain", "Content-Length": length, "X-Origin": nonce, "X-Body": length };
  return { nonce, body, report, answer: (response, status = 200) => void response.writeHead(status, fields).end(body) };
}

interface Means {
  /** Tells of what happens to the whole application. */
  report(act: string, detail?: string): void;
  /** Resolves when it is told to go on. */
  readonly told: Promise<void>;
}

/** What each handling does with a request once the application is armed. */
export function handlingsOf(
  { compute = 0, hoard = 0 }: AppOrder,
  { report, told }: Means,
): Record<Handling, (response: ServerResponse, voice: Voice) => unknown> {
  const rows: number[][] = [];
  return {
    serve: (response, { answer }) => answer(response),

    hold: () => {},

    "when-told": async (response, { answer, report }) => {
      response.on("finish", () => report("answer-sent")); // handed over to the kernel
      await told;
      answer(response);
    },

    throw: () => {
      throw new Error("the price list has no entry for this article");
    },

    /** A framework sees what a handler throws; it cannot see what a callback throws later. */
    "throw-later": async () => {
      await told;
      setImmediate(() => {
        throw new Error("the price list has no entry for this article");
      });
    },

    "half-body": (response, { nonce, body, report }) => {
      response.writeHead(200, { "X-Origin": nonce, "Content-Length": body.length });
      response.write(body.subarray(0, body.length / 2), () => report("half-sent", `${body.length / 2} octets`));
    },

    compute: (response, { answer, report }) => {
      giveWay(19);
      const end = performance.now() + compute;
      while (performance.now() < end); // the one thread that also serves everybody else
      report("computed");
      answer(response);
    },

    hoard: async (response, { answer }) => {
      await told;
      if (rows.length === 0) {
        for (let octets = 0; octets < hoard * 2 ** 20; octets += 8 * 4096) rows.push(new Array(4096).fill(0.5));
        report("hoarded", `${rows.length} rows`);
      }
      answer(response);
    },
  };
}
