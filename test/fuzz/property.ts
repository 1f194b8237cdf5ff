import fc from "fast-check";
import { openClient, type Reply } from "../../harness/client.ts";
import { startGateway } from "../../harness/gateway/gateway.ts";
import { aCase, type Case, nonce } from "./cases.ts";
import { isBrokenOff } from "./framing.ts";
import { openCaseUpstream } from "./upstream.ts";

/** Short, since every silence costs one of them; far below the client's patience, so that a hang cannot be missed. */
const timers = { resolve: 50, connect: 500, tls: 50, send: 500, head: 50, idle: 50, total: 0 };
const patience = 5_000;

/** Cases that are under way at once. */
const batch = 20;

/**
 * Any bytes from the upstream, cut at any point by FIN, RST or silence, give the client a status, a broken-off message
 * or a closed connection within the timers.
 * @param runs how many cases
 * @throws Error with the cases that fail, and the seed that gives them again
 */
export async function checkAnyBytes(runs: number, seed: number, progress: (done: number) => void = () => {}) {
  await using upstream = await openCaseUpstream();
  await using gateway = await startGateway({ upstreams: [upstream.url], timers });
  let count = 0;
  const property = fc.asyncProperty(fc.array(aCase, { minLength: batch, maxLength: batch }), async (cases) => {
    const complaints = await Promise.all(
      cases.map(async (one) => {
        const number = ++count;
        upstream.cases.set(number, one);
        const reply = await askFor(gateway.url, number, one.method);
        upstream.cases.delete(number);
        const answered = !upstream.overtaken.delete(number);
        return complaintsAbout(one, reply, answered).map((complaint) => `${complaint}: ${JSON.stringify(one)}`);
      }),
    );
    progress(count);
    if (complaints.flat().length > 0) throw new Error(complaints.flat().join("\n"));
  });
  await fc.assert(property, { numRuns: Math.ceil(runs / batch), seed, endOnFailure: true });
  return count;
}

async function askFor(route: URL, number: number, method: Case["method"]): Promise<Reply> {
  await using client = openClient(route, { nonce, patience, note: () => {} });
  return await client.ask({ method, path: `/${number}`, fields: {}, on: "fresh" });
}

/** @param answered what came is of this case for certain */
function complaintsAbout(one: Case, { outcome, response, received, took }: Reply, answered: boolean): string[] {
  const complaints: string[] = [];
  if (["hang", "raw", "closed", "died"].includes(outcome)) complaints.push(`the client got ${outcome}`);
  if (took > 2_000) complaints.push(`the client waited ${Math.round(took)} ms`);
  if (response?.extra) complaints.push(`${response.extra} octets came after the response`);
  if (/[\r\n\0]/.test((response?.fields ?? []).flat().join(""))) complaints.push("a field with CR, LF or NUL");
  if (/\r(?!\n)|(?<!\r)\n/.test(received.first.slice(0, received.first.indexOf("\r\n\r\n"))))
    complaints.push("a bare CR or LF");
  const ended = !/^(cut|own\([45])/.test(outcome);
  if (answered && ended && isBrokenOff(one)) complaints.push(`${outcome}, though the upstream's message is incomplete`);
  return complaints;
}
