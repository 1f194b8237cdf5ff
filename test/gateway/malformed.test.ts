import { expect, test } from "vitest";
import { errorOf, get, onRequest, stand, statusOf } from "./stand.ts";

/** A response as an upstream sends it, and what the gateway must put it down to. */
const refused: Record<string, { bytes: string; error?: string; method?: string }> = {
  "random bytes": { bytes: "\x8f\x01\xff\x00\x10garbage\x99".repeat(40) },
  "HTTP/0.9": { bytes: "<html>hello</html>" },
  "an SSH banner": { bytes: "SSH-2.0-OpenSSH_9.6\r\n" },
  "a Redis error": { bytes: "-ERR unknown command\r\n" },
  "an SMTP greeting": { bytes: "220 mail ESMTP\r\n" },
  "a TLS alert": { bytes: "\x15\x03\x01\x00\x02\x02\x46" },
  "an HTTP/2 frame": { bytes: "\x00\x00\x00\x04\x00\x00\x00\x00\x00" },
  "no status": { bytes: "HTTP/1.1\r\n\r\n" },
  "a status of letters": { bytes: "HTTP/1.1 abc Oops\r\n\r\n" },
  "status 99": { bytes: "HTTP/1.1 99 Low\r\n\r\n" },
  "status 1000": { bytes: "HTTP/1.1 1000 High\r\n\r\n" },
  "status 000": { bytes: "HTTP/1.1 000 Nil\r\nContent-Length: 0\r\n\r\n" },
  "status 600": { bytes: "HTTP/1.1 600 Odd\r\nContent-Length: 0\r\n\r\n" },
  "HTTP/9.9": { bytes: "HTTP/9.9 200 OK\r\n\r\n" },
  "HTTP/2.0": { bytes: "HTTP/2.0 200 OK\r\n\r\n" },
  "http in lower case": { bytes: "http/1.1 200 OK\r\n\r\n" },
  "a field without colon": { bytes: "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" },
  "a field name with a space": { bytes: "HTTP/1.1 200 OK\r\nBad Name: x\r\n\r\n" },
  "a space before the colon": { bytes: "HTTP/1.1 200 OK\r\nX-Key : v\r\nContent-Length: 0\r\n\r\n" },
  "an empty field name": { bytes: "HTTP/1.1 200 OK\r\n: v\r\n\r\n" },
  "NUL in a field": { bytes: "HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 0\r\n\r\n" },
  "a control character in a field": { bytes: "HTTP/1.1 200 OK\r\nX-A: a\x01b\r\nContent-Length: 0\r\n\r\n" },
  "a bare CR in a field": { bytes: "HTTP/1.1 200 OK\r\nX-A: a\rX-B: b\r\nContent-Length: 0\r\n\r\n" },
  "a control character in the reason": { bytes: "HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n" },
  "LF alone": { bytes: "HTTP/1.1 200 OK\nContent-Length: 0\n\n" },
  "a folded field": { bytes: "HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 0\r\n\r\n" },
  "an empty line first": { bytes: "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
  "white space before the first field": { bytes: "HTTP/1.1 200 OK\r\n X-A: a\r\nContent-Length: 0\r\n\r\n" },
  "a negative length": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n" },
  "a length in words": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n" },
  "lengths in conflict": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello" },
  "a length list": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello" },
  "a length beyond numbers": { bytes: "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" },
  "length and chunked": {
    bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  },
  "an unknown coding": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: foo\r\n\r\nhello",
    error: "http_response_transfer_coding",
  },
  "gzip, chunked": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    error: "http_response_transfer_coding",
  },
  "chunked twice": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    error: "http_response_transfer_coding",
  },
  "chunked in HTTP/1.0": {
    bytes: "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    error: "http_response_transfer_coding",
  },
  "a chunk size that is not hexadecimal": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    error: "http_response_transfer_coding",
  },
  "a chunk size beyond numbers": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello",
    error: "http_response_transfer_coding",
  },
  "a chunk without CRLF": {
    bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
    error: "http_response_transfer_coding",
  },
  "an endless chunk extension": {
    bytes: `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;${"a".repeat(60_000)}`,
    error: "http_response_transfer_coding",
  },
  "one field too large": {
    bytes: `HTTP/1.1 200 OK\r\nX-Large: ${"a".repeat(100 * 1024)}\r\nContent-Length: 0\r\n\r\n`,
    error: "http_response_header_size",
  },
  "a head too large": {
    bytes: `HTTP/1.1 200 OK\r\n${`X-Field: ${"a".repeat(200)}\r\n`.repeat(400)}Content-Length: 0\r\n\r\n`,
    error: "http_response_header_section_size",
  },
  "a flood of interim responses": { bytes: "HTTP/1.1 100 Continue\r\n\r\n".repeat(5_000) },
  "an unasked switch": { bytes: "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" },
};

for (const [what, { bytes, error = "http_protocol_error" }] of Object.entries(refused)) {
  test(`${what}: 502 ${error}, and nothing of the upstream's in it`, async () => {
    await using scene = await stand((socket) => onRequest(socket, () => socket.write(bytes, "latin1")));
    const reply = await scene.ask(get());
    expect([statusOf(reply), errorOf(reply), reply.ending]).toEqual([502, error, "fin"]);
    expect(reply.text).not.toMatch(/hello|garbage|^X-(A|Key|Large)/m);
    expect(reply.text.match(/^HTTP\/1\.1 5/gm)).toHaveLength(1);
  });
}

test("3,000 short fields are relayed to the last one", async () => {
  const fields = Array.from({ length: 3_000 }, (_, index) => `F${index}: ${index}\r\n`).join("");
  await using scene = await stand(
    (socket) => onRequest(socket, () => socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 0\r\n${fields}\r\n`)),
    { headLimit: 256 * 1024 },
  );
  const reply = await scene.ask(get());
  expect(reply.text.match(/^F\d+: /gm)).toHaveLength(3_000);
});

test("endless trailers are refused or cut", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
      for (let count = 0; count < 400; count++) socket.write(`T${count}: ${"t".repeat(1_000)}\r\n`);
    }),
  );
  const reply = await scene.ask(get());
  expect(reply.text.endsWith("0\r\n\r\n")).toBe(false);
  expect(scene.records.map(({ cause }) => cause)).toEqual(["http_response_trailer_section_size"]);
});

test("a bad chunk after a good one cuts the message", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => {
      socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
      setTimeout(() => socket.write("zz\r\nhello\r\n0\r\n\r\n"), 30);
    }),
  );
  const reply = await scene.ask(get());
  expect(reply.text).toMatch(/^HTTP\/1\.1 200 [^\0]*hello\r\n$/);
  expect(scene.records.map(({ outcome, cause }) => [outcome, cause])).toEqual([
    ["cut", "http_response_transfer_coding"],
  ]);
});

const relayed: Record<string, { bytes: string; method?: string; expected: RegExp }> = {
  "a body behind 204": { bytes: "HTTP/1.1 204 No Content\r\n\r\nhello", expected: /^HTTP\/1\.1 204 (?!.*hello)/s },
  "a length on 204": {
    bytes: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
    expected: /^HTTP\/1\.1 204 (?!.*(hello|content-length))/is,
  },
  "a body in answer to HEAD": {
    bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    method: "HEAD",
    expected: /^HTTP\/1\.1 200 .*Content-Length: 5(?!.*hello)/s,
  },
  "304 with a length": {
    bytes: "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    expected: /^HTTP\/1\.1 304 .*Content-Length: 5.*\r\n\r\n$/s,
  },
  "no reason phrase": {
    bytes: "HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello",
    expected: /^HTTP\/1\.1 200 \r\n.*hello$/s,
  },
  "broken gzip": {
    bytes: "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    expected: /Content-Encoding: gzip.*hello$/s,
  },
  "a second response behind the first": {
    bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond",
    expected: /^HTTP\/1\.1 200 (?!.*second).*hello$/s,
  },
  "rubbish behind the response": {
    bytes: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello\x01\x02second",
    expected: /^HTTP\/1\.1 200 (?!.*second).*hello$/s,
  },
  "a Trailer field with a length": {
    bytes: "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\nContent-Length: 5\r\n\r\nhello",
    expected: /^HTTP\/1\.1 200 .*hello$/s,
  },
  "HTTP/1.0 until the close": {
    bytes: "HTTP/1.0 200 OK\r\n\r\nhello",
    expected: /^HTTP\/1\.1 200 .*hello\r\n0\r\n\r\n$/s,
  },
  "status 218": {
    bytes: "HTTP/1.1 218 Fine\r\nContent-Length: 5\r\n\r\nhello",
    expected: /^HTTP\/1\.1 218 Fine.*hello$/s,
  },
  "status 599": {
    bytes: "HTTP/1.1 599 Odd\r\nContent-Length: 5\r\n\r\nhello",
    expected: /^HTTP\/1\.1 599 Odd.*hello$/s,
  },
};

for (const [what, { bytes, method = "GET", expected }] of Object.entries(relayed)) {
  test(`${what}: relayed`, async () => {
    await using scene = await stand((socket) =>
      onRequest(socket, () => {
        socket.write(bytes, "latin1");
        if (bytes.startsWith("HTTP/1.0")) socket.end();
      }),
    );
    const reply = await scene.ask(get().replace("GET", method));
    expect(reply.text).toMatch(expected);
    expect(scene.records.map(({ outcome }) => outcome)).toEqual(["relayed"]);
  });
}

test("a connection with bytes behind the response is not used again", async () => {
  await using scene = await stand((socket) =>
    onRequest(socket, () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
      setImmediate(() => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond"));
    }),
  );
  const replies = [await scene.ask(get()), await scene.ask(get())];
  for (const reply of replies) expect(reply.text).toMatch(/hello$/);
  expect(scene.heard).toHaveLength(2);
});
