import { getCompileCacheDir } from "node:module";
import { extname, join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Made, Order, Question, Reply, ThreadOptions } from "./certificate-thread.ts";

/** Signs certificates: a root, or an intermediate below one. Everything is P-256, made in memory, relative to now. */
export interface Authority {
  /** The authority's own certificate. */
  readonly pem: string;
  issue(request: CertificateRequest): Promise<Identity>;
  /** A further authority, signed by this one; what it issues has its certificate in the chain. */
  intermediate(name: string): Promise<Authority>;
}

export type Usage = "serverAuth" | "clientAuth";

export interface CertificateRequest {
  /** DNS names and IP addresses: they become the subjectAltName, the first one the common name too. */
  readonly names: readonly [string, ...string[]];
  /** An hour ago unless told. */
  readonly notBefore?: Date;
  /** In a day unless told. */
  readonly notAfter?: Date;
  /** Server and client unless told. */
  readonly usages?: readonly Usage[];
}

/** What a server, or a client, shows and proves itself with. All PEM. */
export interface Identity {
  /** PKCS #8. */
  readonly key: string;
  /** The leaf alone. */
  readonly certificate: string;
  /** The leaf, then the intermediates, without the root. */
  readonly chain: string;
}

/** A root authority of its own: nobody trusts it until told to. */
export async function createAuthority(name: string): Promise<Authority> {
  return authority(await made({ make: "authority", name }));
}

/** A certificate that vouches for itself, as a person makes one for a development machine. */
export function selfSigned(request: CertificateRequest): Promise<Identity> {
  return made({ make: "self-signed", request });
}

/** The point in time so many days from now; negative for the past. */
export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000);
}

function authority({ number: by, pem }: Made["authority"]): Authority {
  return {
    pem,
    issue: (request) => made({ make: "leaf", by, request }),
    intermediate: async (name) => authority(await made({ make: "intermediate", by, name })),
  };
}

/**
 * What makes certificates has a thread of its own: to load it and to use it takes half a second of a run's start, in
 * which others can be opened. It keeps nobody from ending.
 */
let thread: { readonly worker: Worker; readonly waiting: Map<number, PromiseWithResolvers<unknown>> } | undefined;

/** Begins to load it, for when it will be needed. */
export function startCertificateThread(): NonNullable<typeof thread> {
  if (thread) return thread;
  const file = join(import.meta.dirname, `certificate-thread${extname(import.meta.filename)}`);
  const worker = new Worker(file, {
    name: "certificates",
    workerData: { compileCache: getCompileCacheDir() !== undefined } satisfies ThreadOptions,
    resourceLimits: { maxYoungGenerationSizeMb: 2 }, // it makes little, and 20 MiB of garbage before it is collected
  });
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  worker.unref();
  worker.on("message", ({ number, result, error }: Reply) => {
    const asked = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) worker.unref();
    if (error) asked?.reject(error);
    else asked?.resolve(result);
  });
  worker.on("error", (error) => {
    thread = undefined;
    for (const { reject } of waiting.values()) reject(error);
  });
  thread = { worker, waiting };
  return thread;
}

let questions = 0;

async function made<M extends Order["make"]>(order: Order & { readonly make: M }): Promise<Made[M]> {
  const { worker, waiting } = startCertificateThread();
  const number = ++questions;
  const asked = Promise.withResolvers<unknown>();
  waiting.set(number, asked);
  worker.ref();
  worker.postMessage({ number, order } satisfies Question);
  return asked.promise as Promise<Made[M]>;
}
