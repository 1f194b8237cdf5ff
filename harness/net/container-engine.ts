import type { RequestOptions } from "node:http";
import { env } from "node:process";
import { request } from "./node-http.ts";

/**
 * Questions to a container engine that must be answered in milliseconds, without loading a client library:
 * plain requests to the engine's API, at `DOCKER_HOST` or the usual socket.
 */

/** What keeps containers from running here, with the command that supplies it; nothing when an engine answers. */
export async function engineMissing(): Promise<string | undefined> {
  const answer = await ask("/_ping");
  if (answer === 200) return undefined;
  const where = env.DOCKER_HOST ?? defaultHost;
  const why = typeof answer === "number" ? `status ${answer}` : answer.message;
  return `no container engine answers at ${where} (${why}): apt-get install docker.io, then start it with dockerd`;
}

/** @param name with its tag: `debian:bookworm-slim` */
export async function hasImage(name: string): Promise<boolean> {
  return (await ask(`/images/${name}/json`)) === 200;
}

const defaultHost = "unix:///var/run/docker.sock";

/** Milliseconds. An engine that is there answers at once, unless the whole machine is busy. */
const patience = 5_000;

async function ask(path: string): Promise<number | Error> {
  const { promise, resolve } = Promise.withResolvers<number | Error>();
  const asked = request({ ...address(), path, timeout: patience, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode ?? 0);
  });
  asked.on("timeout", () => asked.destroy(new Error(`no answer within ${patience} ms`)));
  asked.on("error", resolve);
  asked.end();
  return promise;
}

function address(): RequestOptions {
  const url = env.DOCKER_HOST ?? defaultHost;
  if (url.startsWith("unix://")) return { socketPath: url.slice("unix://".length) };
  const { hostname, port } = new URL(url);
  return { hostname, port };
}
