import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { ByteTap } from "../net/byte-tap.ts";
import type { EnduringSocket } from "../net/enduring-socket.ts";
import { watchClose } from "../net/secure-link.ts";
import { alertOf } from "../net/tls-codes.ts";
import { alertSign } from "./alert-signs.ts";
import { certificateSign, chainOf, type Shown } from "./certificates.ts";
import { type Finding, failedStep, type Step, since } from "./layer.ts";
import { type Connected, type Line, wasReset } from "./line.ts";
import type { DiagnoseOptions } from "./options.ts";
import type { Target } from "./target.ts";

/**
 * Shakes hands without believing anything, so that a bad certificate can be looked at, and judges it afterwards as a
 * proxy would that verifies.
 */
export async function tlsLayer(
  target: Target,
  { socket, to }: Connected,
  options: DiagnoseOptions,
): Promise<Step<Line>> {
  options.signal?.throwIfAborted();
  if (!target.tls) {
    const says = `${target.socketPath === undefined ? "http:// is" : "a unix socket speaks"} plain HTTP`;
    return {
      layer: { name: "tls", verdict: "not needed", says, facts: [] },
      value: { stream: socket, socket, to },
      findings: [],
    };
  }
  const begun = performance.now();
  const name = options.trust.serverName ?? target.host ?? "";
  const tap = new ByteTap(socket);
  const beginning = beginningOf(socket);
  const { ca, identity } = options.trust;
  const tls = connect({
    socket: tap,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    ...(ca !== undefined && { ca }),
    ...(identity && { cert: identity.certificate, key: identity.key }),
    rejectUnauthorized: false,
  });
  const line: Line = { stream: tls, socket, to, secure: { tap, link: watchClose(tls, tap) } };
  let met: Met;
  try {
    met = await handshake(tls, options);
  } catch (error) {
    tls.on("error", () => {}); // it has been told
    tls.destroy();
    options.signal?.throwIfAborted();
    const finding = ofHandshake(error, line, beginning(), options);
    return failedStep({ name: "tls", took: since(begun), facts: [`asked for: ${name}`] }, finding);
  }
  const took = since(begun);
  const { chain, wrong, session } = met;
  const facts = [`asked for: ${name}`, ...chain.map(({ says }) => says)];
  if (wrong) {
    tls.destroy();
    const { code, message } = wrong;
    const says =
      code === "ERR_TLS_CERT_ALTNAME_INVALID"
        ? `the certificate is not for ${name} (${code})`
        : `the certificate is not to be trusted: ${message} (${code})`;
    return failedStep(
      { name: "tls", took, facts },
      { sign: certificateSign(code), cause: "tls_certificate_error", says },
    );
  }
  const says = `${session}, certificate of ${chain[0]?.subject ?? name}`;
  return {
    layer: { name: "tls", verdict: "ok", took, says, facts },
    value: line,
    findings: [],
    notes: soonOver(chain),
  };
}

class TimedOut extends Error {}

/** What the upstream has shown. Looked at once the handshake is done, since the session may be gone a moment later. */
interface Met {
  readonly chain: readonly Shown[];
  readonly wrong: Wrong | undefined;
  /** Version and cipher. */
  readonly session: string;
}

function handshake(tls: TLSSocket, { timers, signal }: DiagnoseOptions): Promise<Met> {
  const { promise, resolve, reject } = Promise.withResolvers<Met>();
  const clock = timers.tls > 0 ? setTimeout(() => reject(new TimedOut()), timers.tls) : undefined;
  const leave = () => reject(signal?.reason);
  signal?.addEventListener("abort", leave);
  tls.once("error", reject);
  tls.once("secureConnect", () => {
    const session = `${tls.getProtocol()}, ${tls.getCipher().standardName}`;
    resolve({ chain: chainOf(tls), wrong: verdictOn(tls), session });
  });
  return promise.finally(() => {
    clearTimeout(clock);
    signal?.removeEventListener("abort", leave);
    tls.off("error", reject);
  });
}

interface Wrong {
  readonly code: string;
  readonly message: string;
}

/** Node judges the chain, then the name, and keeps what it finds to itself as long as nobody rejects: here is what it was. */
function verdictOn(tls: TLSSocket): Wrong | undefined {
  if (tls.authorized) return undefined;
  // An Error, or its code alone, whatever the types say.
  const error: unknown = tls.authorizationError;
  const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
  return { code, message: error instanceof Error ? error.message : code.toLowerCase().replaceAll("_", " ") };
}

function beginningOf(socket: EnduringSocket): () => string {
  let text = "";
  socket.on("data", (bytes: Buffer) => {
    if (text.length < 16) text += bytes.toString("latin1", 0, 16);
  });
  return () => text;
}

function ofHandshake(
  error: unknown,
  line: Line,
  beginning: string,
  { timers }: DiagnoseOptions,
): Omit<Finding, "layer"> {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TimedOut) {
    return {
      sign: "handshake-stalled",
      cause: "connection_timeout",
      says: `the handshake was not done within ${timers.tls} ms`,
    };
  }
  const alert = alertOf(error);
  if (alert) {
    const says = `the upstream refused the session with the TLS alert ${alert["alert-id"]} (${alert["alert-message"]})`;
    return { sign: alertSign(alert["alert-id"]), cause: "tls_alert_received", says };
  }
  if (beginning.startsWith("HTTP/")) {
    const says = "the port speaks plain HTTP, not TLS";
    return { sign: "plain-http-on-tls-port", cause: "tls_protocol_error", says };
  }
  if (wasReset(line)) {
    return {
      sign: "handshake-reset",
      cause: "connection_terminated",
      says: "the upstream reset the connection in the handshake",
    };
  }
  if (line.secure?.tap.ended) {
    return {
      sign: "handshake-closed",
      cause: "connection_terminated",
      says: "the upstream closed the connection in the handshake",
    };
  }
  return {
    sign: "handshake-garbled",
    cause: "tls_protocol_error",
    says: `the handshake failed: ${opensslReason(message)}`,
  };
}

/** OpenSSL packs its reason between colons. */
function opensslReason(message: string): string {
  return /routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
}

const day = 24 * 60 * 60 * 1000;

function soonOver(chain: readonly Shown[]): string[] {
  const soon = chain.filter(({ until }) => until.getTime() - Date.now() < 14 * day);
  return soon.map(({ subject, until }) => `the certificate of ${subject} ends on ${until.toISOString().slice(0, 10)}`);
}
