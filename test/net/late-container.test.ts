import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { join } from "node:path";
import { buffer, json } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startChild } from "../../harness/net/child.ts";
import { openEngine } from "../../harness/net/container-client.ts";
import { engineMissing } from "../../harness/net/container-engine.ts";
import { imageOf } from "../../harness/net/container-image.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { skipAloud } from "../skip.ts";

const engineSocket = "/var/run/docker.sock";

/** The engine, which begins to make a container only when it has been asked which there are. */
async function openSlowEngine(path: string) {
  const ordered = Promise.withResolvers<{ url: string; body: Buffer }>();
  const made = Promise.withResolvers<string>();
  const make = async ({ url, body }: { url: string; body: Buffer }) => {
    const headers = { "content-type": "application/json" };
    const asked = request({ socketPath: engineSocket, path: url, method: "POST", headers }).end(body);
    const [response] = await once(asked, "response");
    made.resolve(((await json(response)) as { Id: string }).Id);
  };
  const server = createServer(async (incoming: IncomingMessage, response: ServerResponse) => {
    const { url = "/", method, headers } = incoming;
    const body = await buffer(incoming);
    if (method === "POST" && url.includes("/containers/create")) return ordered.resolve({ url, body });
    const asked = request({ socketPath: engineSocket, path: url, method, headers, agent: false }).end(body);
    const [answered] = await once(asked, "response");
    response.writeHead(answered.statusCode, answered.headers).end(await buffer(answered));
    if (url.includes("/containers/json")) void ordered.promise.then(make);
  });
  const connections = trackConnections(server);
  await listen(server, { path });
  return {
    ordered: ordered.promise,
    made: made.promise,
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}

test("a container that the engine makes when we have been killed is removed", async (context) => {
  const missing = (await engineMissing()) ?? (await imageOf("backend").missing());
  if (missing !== undefined) skipAloud(context, missing);
  const image = await imageOf("backend").build();
  await using folder = await temporaryFolder();
  const socket = join(folder.path, "engine.sock");
  await using slow = await openSlowEngine(socket);
  const script = `
    const { startContainerProgram } = await import(${JSON.stringify(import.meta.resolve("../../harness/net/container-program.ts"))});
    const { signal } = new AbortController();
    await startContainerProgram({ image: ${JSON.stringify(image)}, command: ["--version"], env: {}, mounts: [], signal, onLine() {} });
  `;
  const env = { DOCKER_HOST: `unix://${socket}` };
  await using child = await startChild(process.execPath, ["--input-type=module", "--eval", script], { env });
  await slow.ordered;
  child.kill("SIGKILL");
  const id = await slow.made;
  const engine = await openEngine();
  const left = async () => (await engine.listContainers({ all: true, filters: { id: [id] } })).length;
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
});
