import type { Request } from "../client/request.ts";
import { connectLayer } from "./connect-layer.ts";
import type { Course } from "./course.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { Exchange } from "./exchange.ts";
import { type Finding, type Layer, type LayerName, layerNames, type Step } from "./layer.ts";
import type { Line } from "./line.ts";
import { linger } from "./linger.ts";
import type { DiagnoseOptions } from "./options.ts";
import { resolveLayer } from "./resolve-layer.ts";
import { notReached, responseLayers } from "./response-layers.ts";
import { reuseLayer } from "./reuse-layer.ts";
import { speaksTls } from "./speaks-tls.ts";
import { type Target, targetOf } from "./target.ts";
import { tlsLayer } from "./tls-layer.ts";

/**
 * Looks at an upstream layer by layer, as a proxy would meet it, and says what is wrong with it. Asks once, and once more
 * on the same connection where that can do no harm.
 * @throws TypeError when the URL is none; the signal's reason
 */
export async function diagnose(url: string, options: DiagnoseOptions): Promise<Diagnosis> {
  const target = targetOf(url);
  const trail = new Trail(options);
  await follow(target, options, trail);
  const { method } = options.question;
  const asked = `${method} ${target.path} HTTP/1.1, Host: ${target.authority}`;
  return { format: 1, url, asked, date: new Date().toISOString(), ...trail.record() };
}

/** How long a new connection is listened to before anything is asked, in milliseconds: time for whoever speaks first. */
const listening = 50;

/** What is found on the way. */
class Trail {
  readonly #layers = new Map<LayerName, Layer>();
  readonly #findings: Finding[] = [];
  readonly #notes: string[] = [];
  readonly #options: DiagnoseOptions;

  constructor(options: DiagnoseOptions) {
    this.#options = options;
  }

  /** Puts a layer down, and hands on what it gives. */
  take<Value>({ layer, value, findings, notes = [] }: Step<Value>): Value | undefined {
    this.add([layer], findings, notes);
    return value;
  }

  add(layers: readonly Layer[], findings: readonly Finding[], notes: readonly string[]): void {
    for (const layer of layers) {
      this.#layers.set(layer.name, layer);
      if (layer.verdict !== "not reached") this.#options.passed?.(layer.name);
    }
    this.#findings.push(...findings);
    this.#notes.push(...notes);
  }

  record(): Pick<Diagnosis, "layers" | "findings" | "notes"> {
    const layers = layerNames.map((name) => this.#layers.get(name) ?? notReached(name));
    return { layers, findings: this.#findings, notes: this.#notes };
  }
}

async function follow(target: Target, options: DiagnoseOptions, trail: Trail): Promise<void> {
  const addresses = trail.take(await resolveLayer(target, options));
  if (!addresses) return;
  const connected = trail.take(await connectLayer(target, addresses, options));
  if (!connected) return;
  try {
    const line = trail.take(await tlsLayer(target, connected, options));
    if (line) await converse(target, line, options, trail);
  } finally {
    connected.socket.destroy();
  }
}

async function converse(target: Target, line: Line, options: DiagnoseOptions, trail: Trail): Promise<void> {
  const request = requestFor(target, options);
  const { question } = options;
  const course = await new Exchange(line, request, { host: target.authority, listen: listening, ...options }).run();
  const { layers, findings, notes } = responseLayers(course, question, await refusedInHaste(line, course));
  trail.add(layers, await betterKnown(target, line, findings, options), notes);
  if (course.end.by === "whole") trail.take(await reuseLayer(line, request, course, { target, ...options }));
}

/** Whoever closes on a plain request without a word may have waited for a ClientHello. */
async function betterKnown(
  target: Target,
  line: Line,
  findings: readonly Finding[],
  options: DiagnoseOptions,
): Promise<readonly Finding[]> {
  const [first, ...others] = findings;
  const mute = first?.sign === "closed-without-answer" || first?.sign === "reset-without-answer";
  if (!first || !mute || target.tls || !(await speaksTls(target, line, options))) return findings;
  const says = `${first.says}; it answers to TLS: https:// is meant`;
  return [{ ...first, sign: "tls-on-plain-port", says }, ...others];
}

/** An answer before the whole request has gone, and a reset behind it: a proxy that still writes may meet only the reset. */
async function refusedInHaste(line: Line, { end, written, head }: Course): Promise<readonly Finding[]> {
  if (end.by !== "whole" || written !== undefined || !head) return [];
  const { reset } = await linger(line, 300);
  if (!reset) return [];
  const says = `the upstream answers ${head.status} and resets the connection while the request is still being sent`;
  return [{ layer: "request", sign: "reset-behind-answer", cause: "connection_terminated", says }];
}

function requestFor({ path }: Target, { question }: DiagnoseOptions): Request {
  const { method, fields, body, expect, upgrade } = question;
  return {
    method,
    path,
    fields: { "User-Agent": "badgateway-diagnose", Accept: "*/*", ...fields },
    on: "fresh",
    ...(body !== undefined && { body: Buffer.alloc(body, "badgateway\n") }),
    ...(expect && { expect: true }),
    ...(upgrade && { webSocketKey: Buffer.from("badgateway probe").toString("base64") }),
  };
}
