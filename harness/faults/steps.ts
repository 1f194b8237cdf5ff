import { setTimeout as delay } from "node:timers/promises";
import { reset } from "../net/reset.ts";
import type { Timers } from "../plan.ts";
import { type Content, head as headOf, join, render } from "./content.ts";
import { type Peer, PeerGone } from "./peer.ts";
import { reading } from "./reading.ts";
import { readBody, readHead } from "./request.ts";

/** One move of a backend on one connection; a script is a list of them. */
export type Step = (peer: Peer) => Promise<void>;

/** Milliseconds, outright or in terms of the run's timers. */
export type Span = number | ((timers: Timers) => number);

/** Reads one request, head and body. Notes `request-read`. */
export function readRequest(): Step {
  return reading(async (peer) => {
    const head = await readHead(peer);
    await readBody(peer, head);
    peer.note("request-read", head.line);
  });
}

/** Reads the head of a request and leaves its body. Notes `request-head-read`. */
export function readRequestHead(): Step {
  return reading(async (peer) => {
    const head = await readHead(peer);
    peer.note("request-head-read", head.line);
  });
}

/** Reads at least so many octets of whatever comes. Notes `bytes-read`. */
export function readBytes(least: number): Step {
  return reading(async (peer) => {
    let count = 0;
    while (count < least) count += (await peer.read()).length;
    peer.note("bytes-read", `${count} octets`);
  });
}

/** Sends the contents in one write. Notes `sent`. */
export function send(...contents: readonly Content[]): Step {
  return async (peer) => {
    const bytes = render(join(...contents), peer.stage);
    await peer.write(bytes);
    peer.note("sent", `${bytes.length} octets`);
  };
}

/** Lets time pass: part of the fault, or what the proxy needs to read the head before an RST throws it away. */
export function pause(span: Span): Step {
  return async (peer) => {
    const milliseconds = spanOf(span, peer);
    peer.note("pausing", `${milliseconds} ms`);
    await peer.delay(milliseconds);
  };
}

/**
 * Sends the content piece by piece, `octets` (1 unless told) each `every`: by the clock, so that a piece that is late
 * on a busy machine makes none of the others later. Notes `dripping`, then `dripped`.
 */
export function drip(content: Content, every: Span, octets = 1): Step {
  return async (peer) => {
    const bytes = render(content, peer.stage);
    const gap = spanOf(every, peer);
    peer.note("dripping", `${bytes.length} octets, ${octets} each ${gap} ms`);
    const start = performance.now();
    for (let from = 0; from < bytes.length; from += octets) {
      const due = start + (from / octets) * gap;
      if (from > 0) await peer.delay(Math.max(0, due - performance.now()));
      await peer.write(bytes.subarray(from, from + octets));
    }
    peer.note("dripped", `${bytes.length} octets`);
  };
}

/** Sends the same again and again until the proxy hangs up, or `most` octets have gone. Notes `flooding`, then `flooded`. */
export function flood(content: Content, { every, most = 10 * 2 ** 20 }: { every?: Span; most?: number } = {}): Step {
  return async (peer) => {
    const bytes = render(content, peer.stage);
    peer.note("flooding", `${bytes.length} octets at a time`);
    let count = 0;
    try {
      for (; count < most; count += bytes.length) {
        await peer.write(bytes);
        if (every !== undefined) await peer.delay(spanOf(every, peer));
      }
    } finally {
      peer.note("flooded", `${count} octets`);
    }
  };
}

/**
 * A clean end: half-closes, and what still comes is drained once the script is over, since close() with unread
 * bytes would send RST. Notes `fin`.
 */
export function fin(): Step {
  return async (peer) => {
    peer.stream.end();
    peer.note("fin");
  };
}

/**
 * Ends an idle connection: once the client has been answered, or `most` has passed where it is not ours and does not
 * say so; then FIN, and time for the proxy to see it (100 ms, or until it has closed its own side). Notes `fin`, and
 * `idle-closed` if the proxy had not closed it first, then `parted`, which a later request waits for.
 */
export function finWhenAnswered(most: Span = ({ head }) => 2 * head): Step {
  return async (peer) => {
    await within(peer.stage.noted("answered", peer.number), spanOf(most, peer));
    const idle = !peer.gone && !peer.stream.readableEnded;
    if (!peer.gone) await fin()(peer);
    if (idle) peer.note("idle-closed");
    const gone = await peer.delay(100).then(
      () => false,
      () => true,
    );
    peer.note("parted", gone ? "the proxy has closed its side too" : "the proxy holds its side open");
  };
}

/** Closes with bytes unread, as a server does that gives up on an upload: the kernel answers with RST. Notes `closed-unread`. */
export function closeUnread(): Step {
  return async (peer) => {
    peer.note("closed-unread");
    peer.tcp.destroy();
    throw new PeerGone("closed by us");
  };
}

/** Resets the TCP connection. Notes `rst`. */
export function rst(): Step {
  return async (peer) => {
    peer.note("rst");
    reset(peer.tcp);
    throw new PeerGone("reset by us");
  };
}

/** Says nothing more; what still comes is read and thrown away. Notes `silent`. */
export function silence(): Step {
  return async (peer) => {
    peer.note("silent");
    for (;;) await peer.read();
  };
}

/** Neither reads nor writes any more, so that the proxy's writes stall once the kernel's buffers are full. Notes `not-reading`. */
export function stopReading(): Step {
  return async (peer) => {
    peer.note("not-reading");
    await peer.orGone(new Promise<never>(() => {}));
  };
}

/** Reads one request and answers 200 with the body that it had. Notes `request-read`, then `sent`. */
export function echo(): Step {
  return reading(async (peer) => {
    const head = await readHead(peer);
    const pieces: Buffer[] = [];
    const length = await readBody(peer, head, (piece) => void pieces.push(piece));
    peer.note("request-read", head.line);
    await send(headOf("200 OK", { "X-Body": length, "Content-Length": length }), ...pieces)(peer);
  });
}

/**
 * Waits until an act stands on the timeline, whoever did it.
 * @param most no longer than this; without it, for as long as the connection lasts
 */
export function waitFor(act: string, most?: Span): Step {
  return async (peer) => {
    const noted = peer.stage.noted(act);
    await peer.orGone(most === undefined ? noted : within(noted, spanOf(most, peer)));
  };
}

/** Waits for a fact, but no longer than so many milliseconds. The timer alone keeps no process. */
async function within(fact: Promise<void>, milliseconds: number): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([fact, delay(milliseconds, undefined, { signal: over.signal, ref: false })]);
  } finally {
    over.abort();
  }
}

function spanOf(span: Span, peer: Peer): number {
  return typeof span === "number" ? span : span(peer.stage.timers);
}
