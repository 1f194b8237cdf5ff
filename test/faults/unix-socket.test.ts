import { stat } from "node:fs/promises";
import { createConnection } from "node:net";
import { afterAll, describe, expect, test } from "vitest";
import { socketHealthy, socketMissing, socketStale } from "../../harness/faults/unix-socket.ts";
import { probe } from "../../harness/net/probe.ts";
import { clearGrounds, get, openStand, type Stand } from "./stand.ts";

afterAll(clearGrounds);

const pathOf = ({ url }: Stand) => url.slice("unix:".length);
const isThere = (path: string) =>
  stat(path).then(
    (found) => found.isSocket(),
    () => false,
  );

async function statusLine(path: string): Promise<string> {
  const socket = createConnection({ path });
  socket.write(get);
  const [bytes] = await new Promise<Buffer[]>((resolve, reject) => {
    socket.once("data", (bytes) => resolve([bytes]));
    socket.once("error", reject);
  });
  socket.destroy();
  return String(bytes).split("\r\n")[0] ?? "";
}

describe("a unix socket", () => {
  test.for([
    ["missing", socketMissing, "ENOENT", false, "probe-missing"],
    ["stale", socketStale, "ECONNREFUSED", true, "probe-refused"],
  ] as const)(
    "that is %s answers until armed, and then connects fail with %3$s",
    async ([, fault, code, file, act]) => {
      await using stand = await openStand(fault(), { armed: false });
      const path = pathOf(stand);
      expect(await statusLine(path)).toBe("HTTP/1.1 200 OK");
      expect(stand.notes).toEqual([]);
      await stand.arm();
      expect(await probe({ path })).toBe(code);
      expect(await isThere(path)).toBe(file);
      await stand.prove();
      expect(stand.notes.map(({ act }) => act)).toEqual([act, act]);
    },
  );

  test("that is healthy answers, before and after", async () => {
    await using stand = await openStand(socketHealthy(), { armed: false });
    expect(await statusLine(pathOf(stand))).toBe("HTTP/1.1 200 OK");
    await stand.arm();
    expect(await statusLine(pathOf(stand))).toBe("HTTP/1.1 200 OK");
    expect(stand.notes.map(({ act }) => act)).toContain("request-read");
  });

  test("leaves no file behind", async () => {
    const paths = await Promise.all(
      [socketStale(), socketHealthy()].map(async (fault) => {
        await using stand = await openStand(fault);
        return pathOf(stand);
      }),
    );
    expect(await Promise.all(paths.map(isThere))).toEqual([false, false]);
  });
});
