import type { ServerResponse } from "node:http";
import { describedBody } from "../../body.ts";
import { giveWay } from "./give-way.ts";
import type { AppOrder, Handling } from "./order.ts";

/** Answers soundly, with 200 unless told. */
export type Answer = (response: ServerResponse, status?: number) => void;

/** What the application lends to whatever handles its requests. */
interface Means {
  readonly answer: Answer;
  report(act: string, detail?: string): void;
  /** Resolves when it has been told to answer. */
  readonly told: Promise<void>;
}

/** Gives what answers in this application's name. */
export function answersOf({ nonce }: Pick<AppOrder, "nonce">): Answer {
  const body = describedBody(nonce, 100);
  return (response, status = 200) => {
    const fields = { "Content-Type": "text/plain", "Content-Length": body.length, "X-Origin": nonce };
    response.writeHead(status, { ...fields, "X-Body": body.length }).end(body);
  };
}

/** What each handling does with a request once the application is armed. */
export function handlingsOf(
  { nonce, compute = 0, hoard = 0 }: AppOrder,
  { answer, report, told }: Means,
): Record<Handling, (response: ServerResponse) => unknown> {
  return {
    serve: answer,

    hold: () => {},

    "when-told": async (response) => {
      response.on("finish", () => report("answer-sent")); // handed over to the kernel
      await told;
      answer(response);
    },

    throw: () => {
      throw new Error("the price list has no entry for this article");
    },

    /** A framework sees what a handler throws; it cannot see what a callback throws later. */
    "throw-later": () => {
      setImmediate(() => {
        throw new Error("the price list has no entry for this article");
      });
    },

    "half-body": (response) => {
      const body = describedBody(nonce, 100);
      response.writeHead(200, { "X-Origin": nonce, "Content-Length": body.length });
      response.write(body.subarray(0, body.length / 2), () => report("half-sent", `${body.length / 2} octets`));
    },

    compute: (response) => {
      giveWay(19);
      const end = performance.now() + compute;
      while (performance.now() < end); // the one thread that also serves everybody else
      report("computed");
      answer(response);
    },

    hoard: (response) => {
      const rows: number[][] = [];
      for (let octets = 0; octets < hoard * 2 ** 20; octets += 8 * 4096) rows.push(new Array(4096).fill(0.5));
      report("hoarded", `${rows.length} rows`);
      answer(response);
    },
  };
}
