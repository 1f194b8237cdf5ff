import { describe, expect, test } from "vitest";
import { startGateway } from "../../harness/gateway/gateway.ts";
import { profileNamed } from "../../harness/gateway/profile-catalogue.ts";
import { startSideBySide } from "../../harness/gateway/side-by-side.ts";
import { deadBackend } from "./backend.ts";
import { ask, errorOf, get, onRequest, shortTimers, stand, statusOf } from "./stand.ts";

const origin = (...lines: string[]) => lines.join("\r\n");

async function asking(name: string, bytes: string, then: "fin" | "stay" = "fin", seed?: number) {
  const profile = await profileNamed(name);
  await using open = await stand(
    (socket) => onRequest(socket, () => (then === "fin" ? socket.end(bytes, "latin1") : socket.write(bytes, "latin1"))),
    { profile, ...(seed !== undefined && { seed }) },
  );
  const reply = await open.ask(get("/orders"));
  // A message that is cut ends for the client before it does for the log.
  await expect.poll(() => open.records.length).toBe(1);
  return { ...reply, status: statusOf(reply), line: open.records[0]?.line ?? "" };
}

/** What each one sends on an answer of its own that tells it from others, and what stands in its log. */
const marks: readonly (readonly [profile: string, status: number, head: RegExp, line: RegExp])[] = [
  ["aws-alb", 502, /^Server: awselb\/2\.0\r$/m, / 502 - 0 \d+ "GET http:\/\/example\.test\/orders HTTP\/1\.1"/],
  ["aws-clb", 504, /^HTTP\/1\.1 504 Gateway Timeout\r$/m, / 504 0 0 \d+ "GET /],
  [
    "aws-api-gateway",
    504,
    /^x-amzn-ErrorType: InternalServerErrorException\r$/m,
    /"error\.responseType":"INTEGRATION_FAILURE"/,
  ],
  ["azure-app-gateway", 502, /^Server: Microsoft-Azure-Application-Gateway\/v2\r$/m, /"httpStatus":502/],
  ["azure-front-door", 503, /^X-Azure-Ref: \d{8}T\d{6}Z-[0-9a-f]{32}\r$/m, /"ErrorInfo":"OriginConnectionAborted"/],
  [
    "cloudflare",
    520,
    /^cf-error-type: 520\r\ncf-error-origin: edge\r$/m,
    /"EdgeResponseStatus":520,"OriginResponseStatus":0/,
  ],
  ["cloudfront", 502, /^X-Cache: Error from cloudfront\r$/m, /\tError\t.*\tOriginZeroSizeObjectError$/],
  ["fastly", 503, /^HTTP\/1\.1 503 backend read error\r$/m, /503 \d+ "backend read error"/],
  ["gcp-lb", 502, /^Via: 1\.1 google\r$/m, /"statusDetails":"backend_connection_closed_before_data_sent_to_client"/],
  [
    "heroku",
    503,
    /^HTTP\/1\.1 503 Service Unavailable\r$/m,
    /^at=error code=H13 desc="Connection closed without response" .* status=503/,
  ],
  ["vercel", 502, /^x-vercel-error: ROUTER_EXTERNAL_TARGET_ERROR\r$/m, /"error":"ROUTER_EXTERNAL_TARGET_ERROR"/],
];

describe("an upstream that closes without an answer", () => {
  test.each(marks)(
    "is a %2$i of %1$s, as it looks there, with its line in the log",
    async (name, status, head, line) => {
      const reply = await asking(name, "");
      expect(reply.status).toBe(status);
      expect(reply.text).toMatch(head);
      expect(reply.line).toMatch(line);
      // Braces of JSON may stay; a placeholder may not.
      expect(reply.text + reply.line).not.toMatch(/\{[a-z]+\}/i);
      expect(errorOf(reply)).toBe("connection_terminated");
    },
  );
});

describe("an upstream's own answer", () => {
  const sound = origin("HTTP/1.1 200 OK", "Server: app", "Content-Length: 2", "", "ok");

  test("is relayed with the fields that the vendor adds to everything", async () => {
    const reply = await asking("cloudflare", sound);
    expect(reply.text).toMatch(/^HTTP\/1\.1 200 OK\r/);
    expect(reply.text).toMatch(/^Server: cloudflare\r$/m);
    expect(reply.text).not.toMatch(/^Server: app/m);
    expect(reply.text).not.toMatch(/^cf-error/m);
    expect(reply.line).toMatch(/"OriginResponseStatus":200/);
  });

  test("of 502 is replaced by Cloudflare with a page of its own, which does not call itself a failure of the edge", async () => {
    const own = origin(
      "HTTP/1.1 502 Bad Gateway",
      "Proxy-Status: inner;error=connection_refused",
      "Content-Length: 4",
      "",
      "mine",
    );
    const reply = await asking("cloudflare", own);
    expect(reply.status).toBe(502);
    expect(reply.text).toContain("Error code 502");
    expect(reply.text).not.toContain("mine");
    expect(reply.text).not.toMatch(/^cf-error/m);
    expect(reply.text).toMatch(/^Proxy-Status: inner;error=connection_refused, \S+;received-status=502\r$/m);
    expect((await asking("aws-alb", own)).text).toContain("mine");
  });

  test("without a reason phrase is malformed to Heroku", async () => {
    const reply = await asking("heroku", origin("HTTP/1.1 200 ", "Content-Length: 2", "", "ok"));
    expect(reply.status).toBe(503);
    expect(reply.line).toMatch(/code=H17/);
  });
});

describe("an upstream that falls silent in the middle of its message", () => {
  const half = origin("HTTP/1.1 200 OK", "Content-Length: 10", "", "half ");
  const chunked = origin("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "half ", "");

  test("is a 504 of the ALB, which waits for the missing octets", async () => {
    const reply = await asking("aws-alb", half, "stay");
    expect(reply.status).toBe(504);
    expect(reply.text).not.toContain("half ");
    expect(reply.took).toBeGreaterThanOrEqual(shortTimers.idle - 5);
  });

  test("is cut by most", async () => {
    const reply = await asking("heroku", half, "stay");
    expect(reply).toMatchObject({ status: 200, ending: "fin" });
    expect(reply.text).toMatch(/half $/);
    expect(reply.line).toMatch(/^at=error code=H15 desc="Idle connection"/);
  });

  test("is whole to Fastly, as far as the framing lets it", async () => {
    expect((await asking("fastly", chunked, "stay")).text).toMatch(/5\r\nhalf \r\n0\r\n\r\n$/);
    expect((await asking("fastly", half, "stay")).text).toMatch(/half $/);
  });

  test("is relayed by the ALB after all when it ends instead, broken off where it was", async () => {
    const reply = await asking("aws-alb", half, "fin");
    expect(reply.status).toBe(200);
    expect(reply.text).toMatch(/half $/);
  });
});

describe("ids", () => {
  test("are by chance, and the same for the same seed", async () => {
    const ray = async (seed?: number) =>
      /^CF-RAY: (\S+)\r$/m.exec((await asking("cloudflare", "", "fin", seed)).text)?.[1];
    expect(await ray(7)).toBe(await ray(7));
    expect(await ray(7)).not.toBe(await ray(8));
    expect(await ray()).not.toBe(await ray());
  });

  test("stand alike in the head, on the page and in the log", async () => {
    const { text, line } = await asking("cloudfront", "");
    const id = /^X-Amz-Cf-Id: (\S+)\r$/m.exec(text)?.[1];
    expect(id).toMatch(/^[\w-]{54}==$/);
    expect(text).toContain(`Request ID: ${id}`);
    expect(line).toContain(id);
  });
});

describe("trying again", () => {
  test("CloudFront connects three times to the same origin before it gives up", async () => {
    const { tries, ...profile } = await profileNamed("cloudfront");
    const records: number[] = [];
    await using dead = await deadBackend();
    await using gateway = await startGateway({
      upstreams: [dead.url],
      timers: shortTimers,
      profile,
      ...(tries && { tries }),
      onAnswered: ({ upstreams }) => void records.push(upstreams.length),
    });
    expect(statusOf(await ask(gateway.url, get()))).toBe(502);
    expect(records).toEqual([3]);
  });

  test("Application Gateway asks a second member after silence, and not after a refusal", async () => {
    const profile = await profileNamed("azure-app-gateway");
    const tries = profile.tries;
    if (!tries) throw new Error("azure-app-gateway tries once");
    await using silent = await stand(() => {}, {});
    await using sound = await stand((socket) => onRequest(socket, () => socket.end("HTTP/1.1 200 OK\r\n\r\nok")), {});
    const [slow = "", good = ""] = [silent, sound].flatMap(({ gateway }) => gateway.options.upstreams);
    await using gateway = await startGateway({ upstreams: [slow, good], timers: shortTimers, profile, tries });
    expect(statusOf(await ask(gateway.url, get()))).toBe(200);
    await using dead = await deadBackend();
    await using refusing = await startGateway({ upstreams: [dead.url, good], timers: shortTimers, profile, tries });
    expect(statusOf(await ask(refusing.url, get()))).toBe(502);
  });
});

describe("gateways side by side", () => {
  test("ask the upstream once, and each tells its own client in its own way", async () => {
    const profiles = await Promise.all(["aws-alb", "cloudflare", "heroku"].map((name) => profileNamed(name)));
    const told: string[] = [];
    await using open = await stand((socket) => onRequest(socket, () => socket.end()), {});
    const asked = open.heard.length;
    await using side = await startSideBySide(
      profiles.map((profile) => ({ profile, onAnswered: ({ line = "" }) => void told.push(line) })),
      { upstreams: open.gateway.options.upstreams, timers: shortTimers },
    );
    const replies = await Promise.all(side.urls.map((url) => ask(url, get("/once"))));
    expect(replies.map(statusOf)).toEqual([502, 520, 503]);
    expect(open.heard.length - asked).toBe(1);
    await expect.poll(() => told).toHaveLength(3);
  });

  test("relay one response to all of them, whole", async () => {
    const body = "x".repeat(300_000);
    const response = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    await using open = await stand((socket) => onRequest(socket, () => socket.end(response)), {});
    const profiles = await Promise.all(["aws-alb", "gcp-lb"].map((name) => profileNamed(name)));
    await using side = await startSideBySide(
      profiles.map((profile) => ({ profile })),
      { upstreams: open.gateway.options.upstreams, timers: shortTimers },
    );
    const replies = await Promise.all(side.urls.map((url) => ask(url, get())));
    for (const { text } of replies) expect(text.endsWith(body)).toBe(true);
    expect(open.heard).toHaveLength(1);
  });
});
