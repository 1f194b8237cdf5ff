import type { Fault } from "../fault.ts";
import { appContainer } from "./container.ts";
import type { ContainerApp } from "./container-app.ts";
import { nameOf } from "./container-state.ts";

/**
 * `docker network disconnect` while the application handles the request: the container's interface is gone, no FIN goes
 * out, and the answer that the application sends afterwards goes nowhere.
 * Notes `handling`, `disconnected`, `answer-sent`.
 */
export function containerDisconnected(): Fault {
  return appContainer({ handling: "when-told", bridged: {}, on: { handling: disconnect } });
}

async function disconnect(app: ContainerApp): Promise<void> {
  const { stage, network, program, reported } = app;
  let over = false;
  void stage.noted("answered").then(() => {
    over = true;
  });
  await network?.disconnect(program.container.id);
  const { NetworkSettings } = await program.container.inspect();
  const left = Object.keys(NetworkSettings.Networks);
  if (left.length > 0) throw new Error(`${nameOf(app)}: wanted no network, got ${left.join(", ")}`);
  if (over) throw new Error("the exchange ended before the engine had taken the network away");
  stage.note("disconnected", `docker inspect ${nameOf(app)}: NetworkSettings.Networks is empty`);
  program.tell("answer");
  await reported("answer-sent");
}
