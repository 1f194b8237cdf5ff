import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { diagnose } from "../../harness/diagnose/diagnose.ts";
import { causeOf, type Diagnosis, scenariosOf } from "../../harness/diagnose/diagnosis.ts";
import type { LayerName } from "../../harness/diagnose/layer.ts";
import type { DiagnoseOptions } from "../../harness/diagnose/options.ts";
import { afterNextPoll } from "../../harness/net/next-poll.ts";
import { acceptFor } from "../../harness/net/web-socket.ts";
import type { Timers } from "../../harness/plan.ts";
import { rawServer } from "../client/raw-server.ts";

/** Long enough that nobody is late on a busy machine. */
const patient: Timers = {
  resolve: 5_000,
  connect: 5_000,
  tls: 5_000,
  send: 5_000,
  head: 5_000,
  idle: 5_000,
  total: 0,
};

interface Asked extends Partial<Omit<DiagnoseOptions, "timers" | "question">> {
  readonly timers?: Partial<Timers>;
  readonly question?: Partial<DiagnoseOptions["question"]>;
}

/** Diagnoses an upstream that plays so with each connection. */
async function look(play: (socket: Socket, turn: number) => void, { timers, question, ...rest }: Asked = {}) {
  await using server = await rawServer(play);
  return await diagnose(server.url.href, {
    timers: { ...patient, ...timers },
    trust: {},
    headLimit: 16_384,
    keepAlive: true,
    question: { method: "GET", fields: {}, ...question },
    ...rest,
  });
}

/** Once the request's head has come. */
const answering = (text: string, then?: (socket: Socket) => void) => (socket: Socket) => {
  socket.once("data", () => socket.write(text, "latin1", () => then?.(socket)));
};

const reset = (socket: Socket) => void socket.resetAndDestroy();
const fin = (socket: Socket) => void socket.resume().end();

const upload = { method: "POST", body: 32 * 2 ** 20, expect: true } as const;

const layer = ({ layers }: Diagnosis, name: LayerName) => layers.find((each) => each.name === name);

describe("octets of an interim response are none of the head", () => {
  const interim = "HTTP/1.1 100 Continue\r\n\r\n";
  const hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n";

  test.each<[string, (socket: Socket) => void, Asked, object]>([
    [
      "an upload that is not taken after a 100",
      answering(interim, (socket) => socket.pause()),
      { question: upload, timers: { send: 300 } },
      { layer: "request", sign: "upload-stalled", cause: "connection_write_timeout" },
    ],
    [
      "a reset in an upload after a 100",
      answering(interim, (socket) => socket.once("data", () => reset(socket))),
      { question: upload },
      { layer: "request", sign: "reset-in-upload", cause: "connection_terminated" },
    ],
    [
      "a close in an upload after a 100",
      answering(interim, (socket) => socket.once("data", () => socket.pause().end())),
      { question: upload },
      { layer: "request", sign: "closed-in-upload", cause: "connection_terminated" },
    ],
    [
      "a reset after a 103",
      answering(hints, (socket) => socket.resetAndDestroy()),
      {},
      { layer: "head", sign: "reset-after-interim", cause: "connection_terminated" },
    ],
    [
      "a close after a 103",
      answering(hints, fin),
      {},
      { layer: "head", sign: "closed-after-interim", cause: "http_response_incomplete" },
    ],
    [
      "silence after a 100",
      answering(interim),
      { timers: { head: 300 } },
      {
        layer: "head",
        sign: "never-answers",
        cause: "connection_read_timeout",
        says: "the upstream took the request and did not answer within 300 ms, but for the interim response 100",
      },
    ],
    [
      "silence in the head behind a 103",
      answering(`${hints}HTTP/1.1 200`),
      { timers: { head: 300 } },
      { layer: "head", sign: "stalled-head", says: "12 octets of the head came, and it was not whole after 300 ms" },
    ],
  ])("%s", async (_, play, asked, finding) => {
    expect((await look(play, asked)).findings).toMatchObject([finding]);
  });
});

test("a 100 that nobody has asked for does not let the content go out before the head", async () => {
  const received: Buffer[] = [];
  const play = (socket: Socket) => {
    socket.write("HTTP/1.1 100 Continue\r\n\r\n");
    socket.on("data", (bytes) => {
      received.push(bytes);
      if (Buffer.concat(received).includes("badgateway\n")) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
  };
  await look(play, { question: { method: "POST", body: 11, expect: true } });
  expect(Buffer.concat(received).toString("latin1")).toMatch(/^POST [\s\S]*\r\n\r\nbadgateway\n$/);
});

describe("a timer for the whole", () => {
  test("that runs out before the head says that nothing was answered", async () => {
    const { findings } = await look((socket) => socket.resume(), { timers: { total: 300 } });
    expect(findings).toMatchObject([
      {
        layer: "head",
        sign: "never-answers",
        cause: "http_response_timeout",
        says: "the upstream took the request and did not answer within 300 ms",
      },
    ]);
  });
});

describe("an upstream that speaks or leaves unasked", () => {
  const response = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  test("is told of by what it did, and nothing is sent to it", async () => {
    const received: Buffer[] = [];
    const diagnosis = await look((socket) => {
      socket.on("data", (bytes) => received.push(bytes));
      socket.write(response);
    });
    expect(diagnosis.findings).toMatchObject([
      { layer: "request", sign: "answers-unasked", cause: "http_protocol_error" },
    ]);
    expect(received).toEqual([]);
  });

  test.each([
    ["closes", fin, "closed-unasked"],
    ["resets", reset, "reset-unasked"],
  ])("where it %s the connection", async (_, play, sign) => {
    const soon = (socket: Socket) => void setImmediate(() => play(socket));
    const [finding] = (await look(soon)).findings;
    expect(finding).toMatchObject({ sign, layer: "request", cause: "connection_terminated" });
  });

  /** The same again, once what was written before has been read: in this process, a turn or two of the event loop later. */
  const behind = (socket: Socket) => afterNextPoll(() => afterNextPoll(() => void socket.write(response)));

  test("once the answer is whole is one that a kept connection cannot live with", async () => {
    const { findings } = await look(answering(response, behind));
    expect(findings).toMatchObject([{ sign: "octets-nobody-asked-for", cause: "http_protocol_error" }]);
  });

  test("but along with the answer is one that a proxy gets on with", async () => {
    const diagnosis = await look(answering(`${response}${response}`));
    expect(diagnosis.findings).toMatchObject([{ layer: "body", sign: "octets-behind-response" }]);
    expect(causeOf(diagnosis)).toBeUndefined();
  });
});

describe("what stands on the page", () => {
  test("of an answer with a reset behind it is the reset: in its layer, as the cause, as the likeliest scenario", async () => {
    const play = (socket: Socket) => {
      socket.once("data", () => {
        socket.pause();
        socket.write("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        setImmediate(() => socket.resetAndDestroy());
      });
    };
    const diagnosis = await look(play, { question: { ...upload, expect: false } });
    // The RST may throw the answer away: then that is all there is.
    const [first] = diagnosis.findings;
    expect(first).toMatchObject({ cause: "connection_terminated" });
    if (first?.sign !== "reset-behind-answer") return;
    expect(diagnosis.findings.map(({ sign }) => sign)).toEqual(["reset-behind-answer", "upload-refused"]);
    expect(layer(diagnosis, "request")).toMatchObject({ verdict: "failed", says: first.says });
    expect(scenariosOf(diagnosis)[0]).toBe("crash/early-refusal-reset");
  });

  test("of a head that the strict rules refuse are its fields", async () => {
    const diagnosis = await look(
      answering("HTTP/1.1 200 OK\r\nServer: old one\r\nX-A : b\r\nContent-Length: 0\r\n\r\n"),
    );
    expect(diagnosis.findings).toMatchObject([{ layer: "head", sign: "space-before-colon" }]);
    expect(layer(diagnosis, "head")?.facts).toContain("Server: old one");
  });

  test("of a frame that a server may not send is no word of HTTP", async () => {
    const play = (socket: Socket) =>
      void socket.once("data", (bytes) => {
        const key = /Sec-WebSocket-Key: (\S+)/.exec(bytes.toString("latin1"))?.[1] ?? "";
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${acceptFor(key)}\r\n\r\n`,
        );
        socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]));
      });
    const { findings } = await look(play, { question: { upgrade: true } });
    expect(findings).toMatchObject([{ layer: "body", sign: "broken-frame", says: "a masked frame from a server" }]);
  });
});

test("a stream whose head comes late is left as one whose head comes at once", async () => {
  const play = (socket: Socket) => {
    socket.once("data", () => {
      const late = setTimeout(() => {
        socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        const writing = setInterval(() => socket.write("4\r\ntick\r\n"), 20);
        socket.once("close", () => clearInterval(writing));
      }, 100);
      socket.once("close", () => clearTimeout(late));
    });
  };
  const { notes, findings } = await look(play, { longest: 50 });
  expect(findings).toEqual([]);
  expect(notes).toEqual([expect.stringContaining("still coming")]);
});

test.each(["0000000000000000005", "5"])("Content-Length: %s is a length", async (length) => {
  const { findings } = await look(answering(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\nhello`), {
    keepAlive: false,
  });
  expect(findings).toEqual([]);
});

test("a length beyond all content is a length, and its end does not come", async () => {
  const play = answering("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\n\r\nhello", fin);
  expect((await look(play)).findings).toMatchObject([{ layer: "body", sign: "closed-in-body" }]);
});

test("a field that is given twice is sent twice, and the second request says Connection once", async () => {
  const requests: string[] = [];
  const play = (socket: Socket) => {
    socket.on("data", (bytes) => {
      requests.push(bytes.toString("latin1"));
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
    once(socket, "end").then(
      () => socket.end(),
      () => {},
    );
  };
  await look(play, { question: { fields: { Cookie: ["a", "b"], connection: "keep-alive" } } });
  const [first, second] = requests.map((request) => request.split("\r\n"));
  expect(first?.filter((line) => line.startsWith("Cookie"))).toEqual(["Cookie: a", "Cookie: b"]);
  expect(second?.filter((line) => /^connection/i.test(line))).toEqual(["Connection: close"]);
});
