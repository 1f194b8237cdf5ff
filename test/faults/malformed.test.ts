import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { loadScenarios } from "../../harness/folder.ts";
import { openGrounds } from "../../harness/lab/grounds.ts";
import { meet } from "./bare-client.ts";
import { openFault } from "./one-fault.ts";

/** Milliseconds of quiet after which a backend has said all it has to say. */
const patience = 1_000;

/** What each scenario's backend puts on the wire, as latin1: the octets that are wrong, and where they stand. */
const signs: Readonly<Record<string, RegExp | string>> = {
  "not-http": /^(?!HTTP\/)[\s\S]{512}$/,
  http09: /^<html><body>It works! [0-9a-f]{8}<\/body><\/html>\n$/,
  "ssh-banner": /^SSH-2\.0-OpenSSH_9\.6\r\nInvalid SSH identification string\.\r\n$/,
  "redis-error": /^-ERR unknown command\r\n$/,
  "smtp-greeting": /^220 mail ESMTP\r\n221 2\.7\.0 /,
  "tls-on-plain-port": "\x15\x03\x03\x00\x02\x02\x46",
  "http2-frames": "\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64",
  "status-missing": /^HTTP\/1\.1\r\nX-Origin: /,
  "status-not-a-number": /^HTTP\/1\.1 abc Oops\r\nX-Origin: /,
  "status-two-digits": /^HTTP\/1\.1 99 Low\r\nX-Origin: /,
  "status-four-digits": /^HTTP\/1\.1 1000 High\r\nX-Origin: /,
  "status-zero": /^HTTP\/1\.1 000 Nil\r\nX-Origin: /,
  "status-600": /^HTTP\/1\.1 600 Odd\r\nX-Origin: /,
  "version-unknown": /^HTTP\/9\.9 200 OK\r\nX-Origin: /,
  "version-lower-case": /^http\/1\.1 200 OK\r\nX-Origin: /,
  "field-without-colon": /\r\nthis is no field\r\nContent-Length: 100\r\n\r\n/,
  "field-name-with-space": /\r\nBad Name: x\r\nContent-Length: 100\r\n\r\n/,
  "space-before-colon": /\r\nX-Key : v\r\n/,
  "field-name-empty": /\r\n: v\r\n/,
  "nul-in-field": "\r\nX-Key: a\x00b\r\n",
  "field-control-character": "\r\nX-Key: a\x01b\r\n",
  "bare-cr-in-field": /\r\nX-Key: a\rSet-Cookie: id=stranger\r\n/,
  "bare-lf-lines": /^HTTP\/1\.1 200 OK\nX-Origin: [0-9a-f]{8}\nX-Body: 100\nContent-Length: 100\n\n/,
  "folded-field": /\r\nX-Key: one\r\n two\r\n/,
  "blank-line-first": /^\r\nHTTP\/1\.1 200 OK\r\n/,
  "leading-blank-fields": /^HTTP\/1\.1 200 OK\r\n X-Hidden: 1\r\nX-Origin: /,
  "length-negative": /\r\nContent-Length: -1\r\n\r\n/,
  "length-not-a-number": /\r\nContent-Length: ten\r\n\r\n/,
  "length-conflict": /\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!$/,
  "length-repeated": /\r\nContent-Length: 5, 5\r\n\r\nhello$/,
  "length-overflow": /\r\nContent-Length: 99999999999999999999\r\n\r\n/,
  "length-and-chunked": /\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n[\s\S]{100}\r\n0\r\n\r\n$/,
  "coding-unknown": /\r\nTransfer-Encoding: foo\r\n\r\n[\s\S]{100}$/,
  "coding-gzip-chunked": /\r\nTransfer-Encoding: gzip, chunked\r\n\r\n[0-9a-f]+\r\n.\x8b[\s\S]+\r\n0\r\n\r\n$/,
  "coding-chunked-twice": /\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n/,
  "coding-in-http10": /^HTTP\/1\.0 200 OK\r\n[\s\S]*\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n/,
  "chunk-size-not-hex": /\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n/,
  "chunk-size-overflow": /\r\nTransfer-Encoding: chunked\r\n\r\nf{18}\r\n/,
  "chunk-without-crlf": /\r\n\r\n64\r\n[\s\S]{99}[^\r\n]0\r\n\r\n$/,
  "chunk-extension-endless": /\r\n\r\n64(?:;padding=x{1015}){1024}\r\n[\s\S]{100}\r\n0\r\n\r\n$/,
  "trailer-endless": /\r\n0\r\n(?:X-Padding: x{1012}\r\n){1000}/,
  "late-bad-chunk": /\r\n\r\n64\r\n[\s\S]{100}\r\nzz\r\n/,
  "trailer-broken": /\r\n0\r\nthis is no trailer\r\n\r\n$/,
  "field-too-large": /\r\nX-Large: x{102400}\r\n/,
  "head-too-large": /\r\n(?:X-Part: x{1014}\r\n){64}Content-Length: 100\r\n\r\n/,
  "too-many-fields": /\r\n(?:X-F: v\r\n){3000}Content-Length: 100\r\n\r\n/,
  "endless-head": /^HTTP\/1\.1 200 OK\r\nX-Origin: [0-9a-f]{8}\r\n(?:X-Padding: x{1011}\r\n){1000}/,
  "endless-interim": /^(?:HTTP\/1\.1 100 Continue\r\n\r\n){10000}/,
  "switching-unasked": /^HTTP\/1\.1 101 Switching Protocols\r\n[\s\S]*\r\nUpgrade: websocket\r\n\r\n$/,
  "bytes-after-response": /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n[\s\S]{100}HTTP\/1\.1 200 OK\r\nX-Smuggled: /,
  "response-before-request": /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n[\s\S]{100}HTTP\/1\.1 200 OK\r\n/,
  "body-on-204": /^HTTP\/1\.1 204 No Content\r\n[\s\S]*\r\n\r\n[\s\S]{100}$/,
  "body-on-head": /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n[\s\S]{100}$/,
  "broken-gzip": /\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n(?!.\x8b)[\s\S]{100}$/,
};

/** Who speaks although nobody has asked. */
const unasked: Readonly<Record<string, RegExp | string>> = {
  "ssh-banner": /^SSH-2\.0-OpenSSH_9\.6\r\n$/,
  "smtp-greeting": /^220 mail ESMTP\r\n$/,
  "http2-frames": "\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64",
  "response-before-request": /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n[\s\S]{100}$/,
};

/** What comes on a connection on which nothing is sent. */
async function listenTo(url: string): Promise<string> {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port) });
  let received = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    received += text;
  });
  socket.setTimeout(patience, () => socket.destroy());
  await once(socket, "close");
  return received;
}

interface Heard {
  readonly asked: string;
  readonly unasked: string;
}

async function hear(scenarioUpstream: Parameters<typeof openFault>[0]): Promise<Heard> {
  await using first = await openFault(scenarioUpstream, grounds);
  await using second = await openFault(scenarioUpstream, grounds);
  await Promise.all([first.arm(), second.arm()]);
  const [asked, unasked] = await Promise.all([meet(first.backend.url, patience), listenTo(second.backend.url)]);
  return { asked: asked.received, unasked };
}

await using grounds = await openGrounds();
const scenarios = (await loadScenarios()).filter(({ id }) => id.startsWith("malformed/"));
const heard = new Map<string, Heard>();
await Promise.all(
  scenarios.map(async ({ id, upstreams: [upstream] }) => {
    if (upstream) heard.set(id.slice("malformed/".length), await hear(upstream));
  }),
);

describe("a malformed answer, met by a bare socket", () => {
  test("has a sign for every scenario", () => {
    expect(Object.keys(signs).sort()).toEqual([...heard.keys()].sort());
  });

  test.each(Object.entries(signs))("%s has the octets that it is about", (name, sign) => {
    expect(matches(heard.get(name)?.asked, sign), shown(heard.get(name)?.asked)).toBe(true);
  });

  test.each([...heard.keys()])("%s speaks unasked, or waits for the request", (name) => {
    expect(matches(heard.get(name)?.unasked, unasked[name] ?? /^$/), shown(heard.get(name)?.unasked)).toBe(true);
  });
});

function matches(text: string | undefined, sign: RegExp | string): boolean {
  if (text === undefined) return false;
  return typeof sign === "string" ? text.includes(sign) : sign.test(text);
}

/** Enough of it to see what came instead. */
function shown(text: string | undefined): string {
  return JSON.stringify(text?.slice(0, 300)) ?? "nothing was heard";
}
