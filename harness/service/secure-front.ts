import { randomBytes } from "node:crypto";
import { createServer, type Socket } from "node:net";
import { clientHelloIn } from "../faults/client-hello.ts";
import { Peer } from "../faults/peer.ts";
import { fatalAlert } from "../faults/tls-steps.ts";
import { closeServer, trackConnections } from "../net/listen.ts";
import type { NamedScenario } from "../scenario.ts";
import { Far } from "./far.ts";
import { tlsDomain } from "./faults-listing.ts";
import type { Front, FrontOptions } from "./front.ts";
import { listenAt } from "./unlistenable.ts";

/** The port at which the server name chooses the fault. Nothing is decrypted here: the handshake is the backend's. */
export async function openSecureFront(options: FrontOptions): Promise<Front> {
  let count = 0;
  const server = createServer({ allowHalfOpen: true }, (near) => void serve(near, ++count, options));
  const connections = trackConnections(server);
  const port = await listenAt(server, options);
  return { port, [Symbol.asyncDispose]: () => closeServer(server, connections) };
}

async function serve(near: Socket, number: number, options: FrontOptions): Promise<void> {
  near.setNoDelay(true);
  near.on("error", () => {});
  const peer = new Peer(options.stage, near, near, number);
  let far: Far | undefined;
  try {
    let bytes = Buffer.alloc(0);
    let hello: ReturnType<typeof clientHelloIn>;
    while (!hello) {
      bytes = Buffer.concat([bytes, await peer.read()]);
      hello = clientHelloIn(bytes);
    }
    const scenario = scenarioFor(hello.serverName, options.scenarios);
    if (!scenario) {
      await peer.write(fatalAlert("unrecognized_name"));
      return void near.end();
    }
    const nonce = randomBytes(4).toString("hex");
    const played = await options.trials.play(scenario, nonce, options.timers);
    options.onFault?.(`TLS for ${hello.serverName} → ${scenario.id}, trial ${nonce}`);
    far = new Far(played, near);
    await far.write(bytes);
    for (;;) await peer.orGone(far.write(await peer.read()));
  } catch {
    if (!far) near.destroy();
    else if (near.readableEnded) far.end();
    else far.reset();
  }
}

/** `expired.upstream.test` is `tls/expired`. */
function scenarioFor(name: string | undefined, scenarios: readonly NamedScenario[]): NamedScenario | undefined {
  const [, fault] = new RegExp(`^([a-z0-9-]+)\\.${tlsDomain}$`, "i").exec(name ?? "") ?? [];
  return fault === undefined ? undefined : scenarios.find(({ id }) => id === `tls/${fault}`);
}
