import { afterAll, describe, expect, test } from "vitest";
import { answer, body, chunk, head, join, lastChunk } from "../../harness/faults/content.ts";
import { fin, readRequest, rst, send } from "../../harness/faults/steps.ts";
import { healthy, wire, wireAgain } from "../../harness/faults/wire.ts";
import { clearGrounds, dial, get, openStand, type Stand } from "./stand.ts";

afterAll(clearGrounds);

/** What comes in answer to one request, until the backend has sent as often as told. */
async function answerOf(stand: Stand, sent = 1): Promise<string> {
  const bare = await dial(stand);
  bare.socket.write(get);
  await stand.noted("sent", sent);
  bare.socket.end();
  await bare.ending();
  return bare.text;
}

describe("a backend on the wire", () => {
  test("is sound until armed, notes nothing meanwhile, and then ends what it has accepted", async () => {
    await using stand = await openStand(wire(rst()), { armed: false });
    const bare = await dial(stand);
    const answered = new Promise((resolve) => bare.socket.once("data", resolve));
    bare.socket.write(get);
    await answered;
    expect(bare.text).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(stand.notes).toEqual([]);
    await stand.arm();
    expect(await bare.ending()).toBe("fin");
    expect(await (await dial(stand)).ending()).toBe("ECONNRESET");
    expect(stand.notes.map(({ act }) => act)).toEqual(["accepted", "rst"]);
  });

  test("plays its steps anew on each connection, and numbers them", async () => {
    await using stand = await openStand(wire(fin()));
    expect([await (await dial(stand)).ending(), await (await dial(stand)).ending()]).toEqual(["fin", "fin"]);
    expect(stand.notes.filter(({ act }) => act === "fin").map(({ detail }) => detail)).toEqual([
      undefined,
      "(connection 2)",
    ]);
  });

  test("answers once on a connection, or again and again", async () => {
    const twice = async (fault: ReturnType<typeof wire>, times: number) => {
      await using stand = await openStand(fault);
      const bare = await dial(stand);
      bare.socket.write(get + get);
      await stand.noted("sent", times);
      bare.socket.end();
      expect(await bare.ending()).toBe("fin");
      return bare.text.split("HTTP/1.1 200").length - 1;
    };
    const steps = [readRequest(), send(answer())];
    expect(await twice(wire(...steps), 1)).toBe(1);
    expect(await twice(wireAgain(...steps), 2)).toBe(2);
    expect(await twice(healthy(), 2)).toBe(2);
  });

  test("ends its side when the proxy has ended its own, and writes that down", async () => {
    await using stand = await openStand(wire(readRequest()));
    const bare = await dial(stand);
    bare.socket.end();
    expect(await bare.ending()).toBe("fin");
    expect(stand.notes.map(({ act }) => act)).toEqual(["accepted", "proxy-fin"]);
  });

  test("writes down that the proxy has reset", async () => {
    await using stand = await openStand(wire(readRequest()));
    const bare = await dial(stand);
    await stand.noted("accepted");
    bare.socket.resetAndDestroy();
    await stand.noted("proxy-reset");
  });
});

describe("what goes out", () => {
  test("carries the trial's nonce in head and body", async () => {
    await using stand = await openStand(wire(readRequest(), send(answer("404 Not Found", { ETag: '"a"' }, 60))));
    const text = await answerOf(stand);
    const ahead = `HTTP/1.1 404 Not Found\r\nX-Origin: ${stand.nonce}\r\nX-Body: 60\r\nETag: "a"\r\nContent-Length: 60\r\n\r\n`;
    expect(text.slice(0, ahead.length)).toBe(ahead);
    expect(text.slice(ahead.length)).toMatch(new RegExp(`^${stand.nonce} 60 [0-9a-f]{8}\\n[\\s\\S]{39}$`));
  });

  test("is a body in parts that make up the whole", async () => {
    const parts = join(body(100, 0, 40), body(100, 40, 60), body(100, 60));
    await using whole = await openStand(wire(readRequest(), send(body(100))));
    await using joined = await openStand(wire(readRequest(), send(parts)));
    const withoutNonce = (text: string) => text.slice(8);
    expect(withoutNonce(await answerOf(joined))).toBe(withoutNonce(await answerOf(whole)));
  });

  test("is framed in chunks by their length in octets", async () => {
    await using stand = await openStand(wire(readRequest(), send(chunk("0123456789abcdef"), chunk("\xff"), lastChunk)));
    expect(await answerOf(stand)).toBe("10\r\n0123456789abcdef\r\n1\r\n\xff\r\n0\r\n\r\n");
  });

  test("is exactly the bytes on the page, the broken ones too", async () => {
    await using stand = await openStand(wire(readRequest(), send("HTTP/1.1 2\r\0\x80", Uint8Array.of(0xfe, 0x00))));
    expect(await answerOf(stand)).toBe("HTTP/1.1 2\r\0\x80\xfe\0");
  });

  test("has a head that lies when told so", async () => {
    await using stand = await openStand(
      wire(readRequest(), send(head("200 OK", { "Content-Length": 5 }), "12"), fin()),
    );
    expect(await answerOf(stand)).toMatch(/Content-Length: 5\r\n\r\n12$/);
  });
});
