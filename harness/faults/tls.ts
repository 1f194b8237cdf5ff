import { randomBytes } from "node:crypto";
import { createSecureContext, type SecureVersion, type TlsOptions } from "node:tls";
import type { Backend, Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { type Certificate, serverName, soundCertificate } from "./certificate.ts";
import { asItIs, openListener } from "./listener.ts";
import { healthyScript, type Script } from "./script.ts";
import type { Step } from "./steps.ts";
import { type TlsHandshakes, tlsHandshakes } from "./tls-handshake.ts";

/** Where a TLS backend departs from a sound one, once armed. */
export interface TlsFault {
  /** A sound one unless told. */
  readonly certificate?: Certificate;
  /** The least and the highest version it speaks; TLS 1.2 to 1.3 unless told. */
  readonly versions?: readonly [least: SecureVersion, highest: SecureVersion];
  /** Cipher suites of TLS 1.2 and below, in OpenSSL's words. */
  readonly ciphers?: string;
  /** Demands a certificate that the run's authority has issued for the proxy. */
  readonly clientCertificate?: "required";
}

/** A TLS backend that is wrong in one point, or plays steps above a sound handshake; without either it is healthy. */
export function tls(fault: TlsFault = {}, ...steps: readonly Step[]): Fault {
  const script = steps.length > 0 ? { steps } : healthyScript;
  return secured(script, async (stage) => tlsHandshakes(await optionsFor(fault, stage)));
}

/** A TLS port where something else than TLS happens: the steps meet the bare connection, ClientHello first. */
export function belowTls(...steps: readonly Step[]): Fault {
  return secured({ steps }, async () => ({ wrap: asItIs, settled: async () => {} }));
}

function secured(script: Script, armed: (stage: Stage) => Promise<TlsHandshakes>): Fault {
  return {
    async open(stage: Stage): Promise<Backend> {
      const sound = tlsHandshakes(await optionsFor({}, stage));
      const { wrap, settled } = await armed(stage);
      const listener = await openListener(stage, sound.wrap);
      return {
        url: `https://${stage.address}:${listener.port}`,
        serverName,
        arm: async () => listener.arm(script, wrap),
        prove: settled,
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      };
    },
  };
}

async function optionsFor(fault: TlsFault, { authority }: Stage): Promise<TlsOptions> {
  const { certificate = soundCertificate, versions = ["TLSv1.2", "TLSv1.3"], ciphers, clientCertificate } = fault;
  const { key, chain } = await certificate(authority);
  const options = {
    key,
    cert: chain,
    minVersion: versions[0],
    maxVersion: versions[1],
    // One set of keys, so that a session begun on one connection can be resumed on the next.
    ticketKeys: randomBytes(48),
    ...(ciphers && { ciphers }),
    ...(clientCertificate && { requestCert: true, ca: authority.pem }),
  };
  // Whatever OpenSSL cannot do, a cipher list among it, is found here: in a handshake it would look like the fault.
  if (Object.keys(fault).length > 0) createSecureContext(options);
  return options;
}
