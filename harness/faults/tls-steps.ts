import { type ClientHello, clientHelloIn } from "./client-hello.ts";
import { type Peer, PeerGone } from "./peer.ts";
import type { Step } from "./steps.ts";

/**
 * Reads a ClientHello and leaves it without an answer. Notes `client-hello` with the name asked for; or
 * `no-client-hello`, and then the script is over: the proxy does not speak TLS to an `https` upstream.
 */
export function readClientHello(): Step {
  return async (peer) => {
    let bytes = Buffer.alloc(0);
    for (;;) {
      bytes = Buffer.concat([bytes, await peer.read()]);
      const hello = helloIn(bytes, peer);
      if (hello) return peer.note("client-hello", hello.serverName);
    }
  };
}

function helloIn(bytes: Buffer, peer: Peer): ClientHello | undefined {
  try {
    return clientHelloIn(bytes);
  } catch (error) {
    peer.note("no-client-hello");
    peer.tcp.destroy();
    throw new PeerGone("the proxy does not speak TLS", { cause: error });
  }
}

/** Numbers of the IANA registry "TLS Alerts". */
const alerts = { handshake_failure: 40, unrecognized_name: 112 } as const;

/** The record of a fatal alert, unencrypted: what a server sends that gives up before the keys are agreed (RFC 8446 §6). */
export function fatalAlert(name: keyof typeof alerts): Uint8Array {
  return Uint8Array.of(21, 0x03, 0x03, 0, 2, 2, alerts[name]);
}

/** Ends the TCP connection without the alert that ends the TLS stream (RFC 8446 §6.1). Notes `fin-without-close-notify`. */
export function finWithoutCloseNotify(): Step {
  return async (peer) => {
    peer.tcp.end();
    peer.note("fin-without-close-notify");
    peer.stream.resume();
  };
}
