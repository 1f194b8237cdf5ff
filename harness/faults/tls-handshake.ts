import type { Socket } from "node:net";
import { createServer, type TLSSocket, type TlsOptions } from "node:tls";
import { withDeadline } from "../net/deadline.ts";
import type { Stage } from "../stage.ts";
import { clientHelloIn } from "./client-hello.ts";
import type { Wrap } from "./listener.ts";

/** One end of many handshakes. */
export interface TlsHandshakes {
  readonly wrap: Wrap;
  /**
   * Resolves when every handshake has come to an end: a proxy may answer its client before
   * its alert, or its FIN, has reached us.
   * @throws Error when one is still under way after a second
   */
  settled(): Promise<void>;
}

/**
 * Turns each connection into a TLS server's side of one. Notes `client-hello` with the name asked for, then
 * `certificate-shown` if the server's own flight has gone out, then `handshake-done` or `handshake-failed`; where it was
 * this side that refused, also what it refused: `no-shared-cipher`, `version-refused`, `no-client-certificate`.
 *
 *     proxy ── ClientHello ──▶
 *           ◀── ServerHello, Certificate ──
 *           ── Finished, or an alert, or nothing ──▶
 */
export function tlsHandshakes(options: TlsOptions): TlsHandshakes {
  const underWay = new Set<Promise<unknown>>();
  return {
    async wrap(tcp, stage) {
      const handshake = shakeHands(tcp, stage, options);
      underWay.add(handshake);
      void handshake.finally(() => underWay.delete(handshake));
      return handshake;
    },
    async settled() {
      await withDeadline(Promise.all(underWay), 1_000, "the TLS handshakes did not come to an end");
    },
  };
}

async function shakeHands(tcp: Socket, stage: Stage, options: TlsOptions): Promise<TLSSocket | undefined> {
  try {
    await seeClientHello(tcp, stage);
    const stream = await serve(tcp, options);
    const resumed = stream.isSessionReused();
    if (!resumed) stage.note("certificate-shown");
    stage.note("handshake-done", `${stream.getProtocol()}, ${resumed ? "resumed" : stream.getCipher().name}`);
    return stream;
  } catch (error) {
    if (tcp.bytesWritten >= certificateSize(options)) stage.note("certificate-shown");
    stage.note("handshake-failed", reasonOf(error));
    const refused = refusals[codeOf(error)];
    if (refused) stage.note(refused);
    tcp.destroy();
    return undefined;
  }
}

/** What the server's side has found wanting, by OpenSSL's code. */
const refusals: Readonly<Record<string, string>> = {
  ERR_SSL_NO_SHARED_CIPHER: "no-shared-cipher",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "version-refused",
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: "no-client-certificate",
};

/** Looks at the ClientHello and leaves it in the socket for the handshake to come. */
async function seeClientHello(tcp: Socket, stage: Stage): Promise<void> {
  let bytes = Buffer.alloc(0);
  for await (const piece of tcp.iterator({ destroyOnReturn: false })) {
    bytes = Buffer.concat([bytes, piece]);
    const hello = clientHelloIn(bytes);
    if (!hello) continue;
    stage.note("client-hello", hello.serverName);
    tcp.unshift(bytes);
    return;
  }
  throw new Error("the connection ended before a ClientHello");
}

/** A server that never listens does one handshake; what it shares with the next one is in the options. */
function serve(tcp: Socket, options: TlsOptions): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const server = createServer(options);
  server.once("tlsClientError", reject);
  server.once("secureConnection", (stream) => {
    stream.allowHalfOpen = true;
    resolve(stream);
  });
  tcp.allowHalfOpen = false; // until then: a FIN in the middle of the handshake is the end of it
  server.emit("connection", tcp);
  return promise;
}

/** Octets of the certificates as they stand in the handshake: a server that has written fewer has not shown them. */
function certificateSize({ cert }: TlsOptions): number {
  const base64 = String(cert).replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return Math.floor((base64.length * 3) / 4);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { reason = error.message }: Error & { reason?: string } = error;
  return [codeOf(error), reason].filter(Boolean).join(": ");
}
