import { isIP, type Socket } from "node:net";
import { connect } from "node:tls";
import { ByteTap } from "../net/byte-tap.ts";
import { type SecureLink, watchClose } from "../net/secure-link.ts";
import type { Timers } from "../plan.ts";
import type { Credentials } from "./credentials.ts";
import { UpstreamClosed } from "./failure.ts";
import type { Upstream } from "./upstream.ts";
import { within } from "./within.ts";

/** Shakes hands over an open connection. @throws TimerRanOut, UpstreamClosed, or the error of Node's TLS */
export function secure(
  tcp: Socket,
  upstream: Upstream,
  options: { timers: Timers; credentials: Credentials },
  signal: AbortSignal,
): Promise<SecureLink> {
  const { context, serverName = upstream.host, verify } = options.credentials;
  return within<SecureLink, "tls">(options.timers, "tls", signal, (step) => {
    const tap = new ByteTap(tcp);
    const tls = connect({
      socket: tap,
      host: serverName,
      ...(isIP(serverName) === 0 && { servername: serverName }),
      ...(context && { secureContext: context }),
      rejectUnauthorized: verify,
    });
    const link = watchClose(tls, tap);
    const failed = (error: unknown) => {
      step.failed(tap.error ?? (tap.ended ? new UpstreamClosed("the upstream closed during the handshake") : error));
      tls.destroy();
      tcp.destroy();
    };
    // It stays: what follows the handshake in the same packet may break the session before anybody else listens.
    tls.on("error", failed);
    tls.once("secureConnect", () => step.done(link));
    return () => {
      tls.destroy();
      tcp.destroy();
    };
  });
}
