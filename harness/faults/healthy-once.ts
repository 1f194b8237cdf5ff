import type { Fault } from "../fault.ts";
import { answer } from "./content.ts";
import { fin, readRequest, send } from "./steps.ts";
import { wire } from "./wire.ts";

/** Whole answers, one for each connection: a choice made for a connection is then a choice made for a request. */
export function healthyOnce(): Fault {
  return wire(readRequest(), send(answer("200 OK", { Connection: "close" })), fin());
}
