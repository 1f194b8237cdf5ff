import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { markerSocket } from "../../harness/proxies/envoy/log.ts";
import { wordsOf } from "../../harness/proxies/envoy/words.ts";
import { adminSocket, parseErrors } from "../../harness/proxies/haproxy/admin.ts";
import { exampleRoutes } from "./example-routes.ts";
import { openStand } from "./stand.ts";

/** Takes every connection and says nothing, as a proxy does that hangs. */
async function openMute(path: string): Promise<AsyncDisposable> {
  const server = createServer({ allowHalfOpen: true });
  const connections = trackConnections(server);
  await listen(server, { path });
  return { [Symbol.asyncDispose]: () => closeServer(server, connections) };
}

test("an HAProxy that does not answer has nothing to say", async () => {
  await using stand = await openStand();
  const socket = join(stand.folder, adminSocket);
  await stand.use(openMute(socket));
  expect(await parseErrors(socket, "route_1")).toEqual([]);
});

test("an Envoy that neither answers nor has a log has nothing to say", async () => {
  await using stand = await openStand();
  await stand.use(openMute(join(stand.folder, markerSocket)));
  const [route] = exampleRoutes({});
  expect.assert(route);
  expect(await wordsOf({ ...route, log: join(stand.folder, "1.log") }, 0)).toEqual([]);
});
