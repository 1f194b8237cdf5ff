import { enableCompileCache } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { Authority, CertificateRequest, Identity } from "./certificates.ts";

// A thread does not share that of its process; to load @peculiar/x509 takes half as long with it.
if ((workerData as ThreadOptions).compileCache) enableCompileCache();
const { createAuthority, selfSigned } = await import("./certificate-maker.ts");

export interface ThreadOptions {
  /** The process keeps what Node has compiled. */
  readonly compileCache: boolean;
}

/** What the thread is asked for. An authority stays here, with its keys, and has a number. */
export type Order =
  | { readonly make: "authority"; readonly name: string }
  | { readonly make: "intermediate"; readonly by: number; readonly name: string }
  | { readonly make: "leaf"; readonly by: number; readonly request: CertificateRequest }
  | { readonly make: "self-signed"; readonly request: CertificateRequest };

/** What it answers to each. */
export interface Made {
  readonly authority: { readonly number: number; readonly pem: string };
  readonly intermediate: Made["authority"];
  readonly leaf: Identity;
  readonly "self-signed": Identity;
}

const authorities: Authority[] = [];

async function make(order: Order): Promise<Made[Order["make"]]> {
  switch (order.make) {
    case "authority":
      return numbered(await createAuthority(order.name));
    case "intermediate":
      return numbered(await known(order.by).intermediate(order.name));
    case "leaf":
      return known(order.by).issue(order.request);
    case "self-signed":
      return selfSigned(order.request);
  }
}

function numbered(authority: Authority): Made["authority"] {
  return { number: authorities.push(authority) - 1, pem: authority.pem };
}

function known(number: number): Authority {
  const authority = authorities[number];
  if (!authority) throw new RangeError(`there is no authority ${number}`);
  return authority;
}

/** One question to the thread; its reply has the same number. */
export interface Question {
  readonly number: number;
  readonly order: Order;
}

export interface Reply {
  readonly number: number;
  readonly result?: Made[Order["make"]];
  readonly error?: Error;
}

parentPort?.on("message", async ({ number, order }: Question) => {
  const reply: Promise<Reply> = make(order).then(
    (result) => ({ number, result }),
    (error: Error) => ({ number, error }),
  );
  parentPort?.postMessage(await reply);
});
