import type { Backend, Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import { soundCertificate } from "./certificate.ts";
import { openListener } from "./listener.ts";
import { healthyScript } from "./script.ts";
import { tlsHandshakes } from "./tls-handshake.ts";

/**
 * A sound TLS backend that the proxy is told of as `http://`. It closes without a byte on whoever does not begin with a
 * ClientHello, as Node's does, and notes `handshake-failed`.
 */
export function tlsToldAsPlain(): Fault {
  return {
    async open(stage: Stage): Promise<Backend> {
      const { key, chain } = await soundCertificate(stage.authority);
      const { wrap } = tlsHandshakes({ key, cert: chain });
      const listener = await openListener(stage);
      return {
        url: `http://${stage.address}:${listener.port}`,
        arm: async () => listener.arm(healthyScript, wrap),
        [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
      };
    },
  };
}
