import { once } from "node:events";
import { createServer, request } from "node:http";
import { join } from "node:path";
import { buffer, json } from "node:stream/consumers";
import { expect, test } from "vitest";
import { type Child, startChild } from "../../harness/net/child.ts";
import { openEngine } from "../../harness/net/container-client.ts";
import { engineMissing } from "../../harness/net/container-engine.ts";
import { imageOf } from "../../harness/net/container-image.ts";
import { closeServer, listen, trackConnections } from "../../harness/net/listen.ts";
import { temporaryFolder } from "../../harness/net/temporary.ts";
import { skipAloud } from "../skip.ts";

const engineSocket = "/var/run/docker.sock";

/** The engine, which makes a container when the spec says so, and never answers that it has. */
async function openSlowEngine(path: string) {
  const ordered = Promise.withResolvers<void>();
  const looked = Promise.withResolvers<void>();
  let order: { url: string; body: Buffer; hangUp(): void } | undefined;
  const server = createServer(async (incoming, response) => {
    const { url = "/", method, headers } = incoming;
    const body = await buffer(incoming);
    if (method === "POST" && url.includes("/containers/create")) {
      order = { url, body, hangUp: () => response.destroy() };
      return ordered.resolve();
    }
    const asked = request({ socketPath: engineSocket, path: url, method, headers, agent: false }).end(body);
    const [answered] = await once(asked, "response");
    response.writeHead(answered.statusCode, answered.headers).end(await buffer(answered));
    if (order && url.includes("/containers/json")) looked.resolve();
  });
  const connections = trackConnections(server);
  await listen(server, { path });
  return {
    /** Resolves when it has been told to make a container. */
    ordered: ordered.promise,
    /** Resolves when it has been asked after that which there are. */
    looked: looked.promise,
    /** @returns the id of what it has made */
    async make(): Promise<string> {
      const headers = { "content-type": "application/json" };
      const asked = request({ socketPath: engineSocket, path: order?.url, method: "POST", headers }).end(order?.body);
      const [response] = await once(asked, "response");
      return ((await json(response)) as { Id: string }).Id;
    },
    /** Breaks off the connection on which it was told to. */
    hangUp: () => order?.hangUp(),
    [Symbol.asyncDispose]: () => closeServer(server, connections),
  };
}

const image = imageOf("backend");
const missing = (await engineMissing()) ?? (await image.missing());

/** A process of its own that starts a program in a container of the engine at a socket. */
async function startProgram(socket: string): Promise<Child> {
  const module = import.meta.resolve("../../harness/net/container-program.ts");
  const options = { image: await image.build(), command: ["--version"], env: {}, mounts: [] };
  const script = `
    const { startContainerProgram } = await import(${JSON.stringify(module)});
    const { signal } = new AbortController();
    await startContainerProgram({ ...${JSON.stringify(options)}, signal, onLine() {} });
  `;
  const env = { DOCKER_HOST: `unix://${socket}` };
  return startChild(process.execPath, ["--input-type=module", "--eval", script], { env });
}

async function countOf(id: string): Promise<number> {
  const engine = await openEngine();
  return (await engine.listContainers({ all: true, filters: { id: [id] } })).length;
}

test("a container that the engine makes after we have been killed is removed", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  await using folder = await temporaryFolder();
  const socket = join(folder.path, "engine.sock");
  await using engine = await openSlowEngine(socket);
  await using child = await startProgram(socket);
  await engine.ordered;
  child.kill("SIGKILL");
  await engine.looked;
  const id = await engine.make();
  await expect.poll(() => countOf(id), { timeout: 10_000 }).toBe(0);
});

test("a container that the engine has made although its answer never came is removed", async (context) => {
  if (missing !== undefined) skipAloud(context, missing);
  await using folder = await temporaryFolder();
  const socket = join(folder.path, "engine.sock");
  await using engine = await openSlowEngine(socket);
  await using child = await startProgram(socket);
  await engine.ordered;
  const id = await engine.make();
  expect(await countOf(id)).toBe(1);
  engine.hangUp();
  expect(await child.exited).toMatchObject({ code: 1 });
  expect(child.lines().join("\n")).toContain("socket hang up");
  expect(await countOf(id)).toBe(0);
});
