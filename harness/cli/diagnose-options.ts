import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { createSecureContext } from "node:tls";
import type { DiagnoseOptions, ProbeTrust, Question } from "../diagnose/options.ts";
import { serverOf } from "../diagnose/resolve-layer.ts";
import { messageOf } from "../net/message-of.ts";
import { validateHeaderName, validateHeaderValue } from "../net/node-http.ts";
import type { DiagnoseCommandOptions } from "./diagnose-command.ts";
import { UsageError } from "./usage.ts";

/** So long a stream or a large file is looked at, in milliseconds. */
const longest = 30_000;

/** What was typed, in the terms of the probe. @throws UsageError naming the option, what was wanted and what came */
export async function probeOptions(options: DiagnoseCommandOptions): Promise<DiagnoseOptions> {
  const { timers, headLimit, keepAlive, resolver } = options;
  return {
    timers,
    headLimit,
    keepAlive,
    longest,
    trust: await trustOf(options),
    question: questionOf(options),
    ...(resolver !== undefined && { resolver: checkedResolver(resolver) }),
  };
}

function checkedResolver(resolver: string): string {
  const { address, port } = serverOf(resolver);
  if (isIP(address) !== 0 && Number.isInteger(port) && port > 0 && port < 2 ** 16) return resolver;
  throw new UsageError(`--resolver: wanted the address:port of a name server, such as 127.0.0.1:53; got “${resolver}”`);
}

async function trustOf({ ca, serverName, cert, key }: DiagnoseCommandOptions): Promise<ProbeTrust> {
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = cert === undefined ? ["--key", "--cert"] : ["--cert", "--key"];
    throw new UsageError(`${given}: wanted together with ${missing}; got it alone`);
  }
  const authorities = ca === undefined ? undefined : await pem("--ca", ca, "certificates", certificateIn);
  const certificate = cert === undefined ? undefined : await pem("--cert", cert, "a certificate", certificateIn);
  const secret = key === undefined ? undefined : await pem("--key", key, "a private key", createPrivateKey);
  if (certificate !== undefined && secret !== undefined) checkPair(certificate, secret, `${cert}, ${key}`);
  return {
    ...(authorities !== undefined && { ca: authorities }),
    ...(serverName !== undefined && { serverName }),
    ...(certificate !== undefined && secret !== undefined && { identity: { certificate, key: secret } }),
  };
}

async function pem(option: string, path: string, what: string, attempt: (text: string) => unknown): Promise<string> {
  try {
    const text = await readFile(path, "utf8");
    attempt(text);
    return text;
  } catch (error) {
    const why = messageOf(error);
    throw new UsageError(`${option}: wanted a PEM file with ${what}; got ${path}: ${why}`);
  }
}

function certificateIn(text: string): X509Certificate {
  return new X509Certificate(text);
}

function checkPair(cert: string, key: string, files: string): void {
  try {
    createSecureContext({ cert, key });
  } catch {
    throw new UsageError(`--cert, --key: wanted files that fit together; got ${files}`);
  }
}

function questionOf({ method, header = [], body, expect, upgrade }: DiagnoseCommandOptions): Question {
  const verb = method ?? (body === undefined ? "GET" : "POST");
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(verb))
    throw new UsageError(`--method: wanted a method such as GET; got “${verb}”`);
  if (expect && body === undefined) throw new UsageError("--expect: wanted together with --body; got it alone");
  return {
    method: verb,
    fields: fieldsOf(header),
    ...(body !== undefined && { body }),
    ...(expect && { expect }),
    ...(upgrade && { upgrade }),
  };
}

/** A name that is given again has one more value. */
function fieldsOf(lines: readonly string[]): Question["fields"] {
  const groups = Map.groupBy(lines.map(fieldOf), ([name]) => name);
  return Object.fromEntries([...groups].map(([name, fields]) => [name, fields.map(([, value]) => value)]));
}

function fieldOf(line: string): [name: string, value: string] {
  const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return [name, value];
  } catch {
    throw new UsageError(`--header: wanted a field such as 'Host: shop.example'; got “${line}”`);
  }
}
