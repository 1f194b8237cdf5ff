import { afterAll, describe, expect, test } from "vitest";
import { answer } from "../../harness/faults/content.ts";
import {
  closeUnread,
  drip,
  echo,
  fin,
  finWhenAnswered,
  flood,
  pause,
  readBytes,
  readRequest,
  readRequestHead,
  rst,
  type Step,
  send,
  silence,
  stopReading,
  waitFor,
} from "../../harness/faults/steps.ts";
import { wire } from "../../harness/faults/wire.ts";
import { type BareSocket, clearGrounds, dial, get, openStand, type Stand } from "./stand.ts";

afterAll(clearGrounds);

const post = (length: number) => `POST / HTTP/1.1\r\nHost: backend.test\r\nContent-Length: ${length}\r\n\r\n`;

/** A stand that plays the steps, and a socket on it that has sent something. */
async function meet(steps: readonly Step[], request: string) {
  const stand = await openStand(wire(...steps));
  const bare = await dial(stand);
  bare.socket.write(request);
  const acts = () => stand.notes.map(({ act }) => act);
  return { stand, bare, acts, [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() };
}

/** Every piece as it came. */
function pieces({ socket }: BareSocket): string[] {
  const came: string[] = [];
  socket.on("data", (bytes: Buffer) => came.push(String(bytes)));
  return came;
}

/** Milliseconds from one act to another, as the sender notes them: the receiver may be late to look. */
function between({ notes }: Stand, first: string, last: string): number {
  const [from = Number.NaN, to = Number.NaN] = [first, last].map((wanted) => {
    return notes.findLast(({ act }) => act === wanted)?.at;
  });
  return to - from;
}

describe("how a connection ends", () => {
  test.for([
    ["fin", "fin", [fin()]],
    ["rst", "ECONNRESET", [rst()]],
    ["fin", "fin", [readRequest(), fin()]],
    ["rst", "ECONNRESET", [readRequest(), rst()]],
  ] as const)("%s is met as %s", async ([act, ending, steps]) => {
    await using met = await meet(steps, get);
    expect(await met.bare.ending()).toBe(ending);
    expect(met.acts()).toContain(act);
  });

  test("a FIN stays a FIN while an upload goes on behind it", async () => {
    await using met = await meet([readRequestHead(), readBytes(1000), fin()], post(2 ** 22));
    const { socket } = met.bare;
    const taken = new Promise<Error | null | undefined>((resolve) => socket.write(Buffer.alloc(2 ** 22), resolve));
    expect(await met.bare.ending()).toBe("fin");
    expect(await taken, "all of it is drained").toBeFalsy();
  });

  test("a close on an unread upload is met as a reset", async () => {
    await using met = await meet([readRequestHead(), readBytes(1000), closeUnread()], post(2 ** 22));
    met.bare.socket.write(Buffer.alloc(2 ** 22));
    expect(await met.bare.ending()).toMatch(/^(ECONNRESET|EPIPE)$/);
    expect(met.acts()).toContain("closed-unread");
  });

  test("what was sent a while before an RST has arrived", async () => {
    await using met = await meet([readRequest(), send("HTTP/1.1 200 OK\r\n"), pause(100), rst()], get);
    expect(await met.bare.ending()).toBe("ECONNRESET");
    expect(met.bare.text).toBe("HTTP/1.1 200 OK\r\n");
  });

  test("an idle connection is ended only when the client has its answer, and time is left to see it", async () => {
    await using met = await meet([readRequest(), send(answer()), finWhenAnswered()], get);
    await met.stand.noted("sent");
    expect(met.acts()).not.toContain("fin");
    met.stand.note("answered");
    expect(await met.bare.ending()).toBe("fin");
    expect(met.acts()).not.toContain("parted");
    expect(met.acts()).toContain("idle-closed");
    met.bare.socket.end();
    await met.stand.noted("parted");
  });

  test("an idle connection of whoever does not say that it has its answer is ended after a while", async () => {
    await using met = await meet([readRequest(), send(answer()), finWhenAnswered(1)], get);
    expect(await met.bare.ending()).toBe("fin");
    await met.stand.noted("parted");
  });

  test("a connection that its other end has closed first was not idle when it was closed", async () => {
    await using met = await meet([readRequest(), send(answer()), finWhenAnswered()], get);
    await met.stand.noted("sent");
    met.bare.socket.end();
    await met.stand.noted("proxy-fin");
    met.stand.note("answered");
    await met.stand.noted("parted");
    expect(met.acts()).not.toContain("idle-closed");
  });

  test("whoever holds an ended connection open is left behind after a while", async () => {
    await using met = await meet([readRequest(), send(answer()), finWhenAnswered()], get);
    met.stand.note("answered");
    await met.stand.noted("parted");
    expect(met.stand.notes.at(-1)?.detail).toBe("the proxy holds its side open");
  });
});

describe("what is read", () => {
  test.for([
    ["without a body", get],
    ["with a length", `${post(5)}12345`],
    [
      "in chunks",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: 1\r\n\r\n",
    ],
  ] as const)("a request %s is read to its last octet, not beyond", async ([, request]) => {
    await using met = await meet([readRequest(), readBytes(1), fin()], request.slice(0, -1));
    await met.stand.noted("accepted");
    expect(met.acts()).not.toContain("request-read");
    met.bare.socket.write(request.slice(-1));
    await met.stand.noted("request-read");
    expect(met.acts()).not.toContain("bytes-read");
    met.bare.socket.write("!");
    expect(await met.bare.ending()).toBe("fin");
    expect(met.stand.notes.find(({ act }) => act === "bytes-read")?.detail).toBe("1 octets");
  });

  test("a head is read without its body", async () => {
    await using met = await meet([readRequestHead(), fin()], post(1000));
    expect(await met.bare.ending()).toBe("fin");
    expect(met.stand.notes.find(({ act }) => act === "request-head-read")?.detail).toBe("POST / HTTP/1.1");
  });

  test("silence takes whatever is sent, a backend that stops reading does not", async () => {
    const upload = Buffer.alloc(32 * 2 ** 20);
    await using silent = await meet([readRequestHead(), silence()], post(upload.length));
    await new Promise((resolve) => silent.bare.socket.write(upload, resolve));
    await using deaf = await meet([readRequestHead(), stopReading()], post(upload.length));
    let taken = false;
    deaf.bare.socket.write(upload, () => {
      taken = true;
    });
    await deaf.stand.noted("not-reading");
    // As long as the silent one needed for all of it, and more.
    await new Promise((resolve) => silent.bare.socket.write(upload, resolve));
    expect(taken).toBe(false);
    expect(silent.bare.text + deaf.bare.text).toBe("");
  });

  test("an upload comes back octet for octet", async () => {
    await using met = await meet([echo()], `${post(6)}\0\xff\r\n\r\n`.replace("\xff", "."));
    await met.stand.noted("sent");
    met.bare.socket.end();
    await met.bare.ending();
    expect(met.bare.text).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: 6\r\n\r\n\0\.\r\n\r\n$/);
  });
});

describe("when it is sent", () => {
  test("a pause is kept, in terms of the run's timers too", async () => {
    await using met = await meet([send("a"), pause(({ head }) => head / 3), send("b"), fin()], get);
    expect(await met.bare.ending()).toBe("fin");
    expect(met.bare.text).toBe("ab");
    expect(between(met.stand, "pausing", "sent")).toBeGreaterThanOrEqual(95);
  });

  test("drops come one by one, each after its gap", async () => {
    await using met = await meet([drip("abcdef", 30), fin()], get);
    const came = pieces(met.bare);
    expect(await met.bare.ending()).toBe("fin");
    expect(came).toEqual([..."abcdef"]);
    expect(between(met.stand, "dripping", "dripped")).toBeGreaterThanOrEqual(5 * 28);
  });

  test("drops may be larger, and the last is what is left", async () => {
    await using met = await meet([drip("abcdefg", 30, 3), fin()], get);
    const came = pieces(met.bare);
    expect(await met.bare.ending()).toBe("fin");
    expect(came).toEqual(["abc", "def", "g"]);
  });

  test("a burst comes in one piece", async () => {
    await using met = await meet([readRequest(), send("head, ", "body"), fin()], get);
    const came = pieces(met.bare);
    expect(await met.bare.ending()).toBe("fin");
    expect(came).toEqual(["head, body"]);
  });

  test("a flood ends at its bound, or when the proxy hangs up", async () => {
    await using bounded = await meet([flood("12345", { most: 50 }), fin()], get);
    expect(await bounded.bare.ending()).toBe("fin");
    expect(bounded.bare.text).toBe("12345".repeat(10));
    await using endless = await meet([flood("12345", { every: 5 })], get);
    await new Promise((resolve) => endless.bare.socket.once("data", resolve));
    expect(endless.acts()).not.toContain("flooded");
    endless.bare.socket.resetAndDestroy();
    await endless.stand.noted("flooded");
  });

  test("a fact is waited for, whoever makes it true", async () => {
    await using met = await meet([waitFor("answered"), send("now"), fin()], get);
    await met.stand.noted("accepted");
    expect(met.acts()).not.toContain("sent");
    met.stand.note("answered");
    expect(await met.bare.ending()).toBe("fin");
    expect(met.bare.text).toBe("now");
  });

  test("a fact that does not come is waited for no longer than told", async () => {
    await using met = await meet([waitFor("answered", ({ head }) => head / 3), send("now"), fin()], get);
    expect(await met.bare.ending()).toBe("fin");
    expect(met.bare.text).toBe("now");
  });

  test("a script is over when the proxy resets, in the middle of a pause", async () => {
    await using met = await meet([readRequest(), pause(60_000), send("late")], get);
    await met.stand.noted("pausing");
    met.bare.socket.resetAndDestroy();
    await met.stand.noted("proxy-reset");
    expect(met.acts()).not.toContain("sent");
  });
});
