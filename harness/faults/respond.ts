import type { Content } from "./content.ts";
import { reading } from "./reading.ts";
import { type RequestHead, readBody, readHead } from "./request.ts";
import { type Step, send } from "./steps.ts";

/** Reads one request, head and body, and sends the answer chosen for it. Notes `request-read`, then `sent`. */
export function respond(choose: (request: RequestHead) => Content): Step {
  return reading(async (peer) => {
    const request = await readHead(peer);
    await readBody(peer, request);
    peer.note("request-read", request.line);
    await send(choose(request))(peer);
  });
}
