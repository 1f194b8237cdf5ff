import { describe, expect, test } from "vitest";
import type { AccessRecord } from "../../harness/gateway/access-record.ts";
import { profileNamed } from "../../harness/gateway/profile-catalogue.ts";
import { ProfileFace } from "../../harness/gateway/profile-face.ts";
import { get, onRequest, stand, statusOf } from "./stand.ts";

/** The imitated line for a request that ended so before its upstream had answered. */
async function lineOf(name: string, ended: Pick<AccessRecord, "outcome">): Promise<string> {
  const face = new ProfileFace(
    { headers: { host: "example.test" } },
    { profile: await profileNamed(name), name: "gw", exchange: 1 },
  );
  const record = { at: 0, client: "127.0.0.1:9", method: "GET", target: "/", upstreams: [], sent: 0, took: 5 };
  return face.line({ ...record, ...ended });
}

describe("a client that has gone", () => {
  test.each([
    ["heroku", /^at=error code=H27 desc="Client Request Interrupted" .* status=499 /],
    ["azure-front-door", /"httpStatusCode":"-".*"ErrorInfo":"ClientDisconnected"/],
    ["gcp-lb", /"status":0,.*"statusDetails":"client_disconnected_before_any_response"/],
    ["aws-alb", / 460 - /],
    ["cloudflare", /"EdgeResponseStatus":499,/],
  ])("stands in the log of %s as there", async (name, line) => {
    expect(await lineOf(name, { outcome: "gone" })).toMatch(line);
  });
});

describe("Heroku's log", () => {
  const logged = async (bytes: string) => {
    const profile = await profileNamed("heroku");
    await using open = await stand((socket) => onRequest(socket, () => socket.end(bytes)), { profile });
    const reply = await open.ask(get());
    await expect.poll(() => open.records.length).toBe(1);
    return { status: statusOf(reply), line: open.records[0]?.line };
  };

  test.each([
    ["lengths that differ", "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"],
    ["lengths that differ, in a list", "Content-Length: 5, 6\r\n\r\nhello!"],
    ["too large a head", `X-Key: ${"x".repeat(1_000)}\r\n`.repeat(40)],
  ])("has the 502 that the client got, H25, for %s", async (_, fields) => {
    const { status, line } = await logged(`HTTP/1.1 200 OK\r\n${fields}`);
    expect(status).toBe(502);
    expect(line).toMatch(/^at=error code=H25 desc="HTTP Restriction" .* status=502 /);
  });

  test("has 503 for a response that breaks off, H18, though the client got a 200", async () => {
    const { status, line } = await logged("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf ");
    expect(status).toBe(200);
    expect(line).toMatch(/^at=error code=H18 .* status=503 /);
  });
});
