import { type Content, render } from "./content.ts";
import { type RequestHead, readBody, readHead } from "./request.ts";
import type { Step } from "./steps.ts";

/** Reads one request, head and body, and sends the answer chosen for it. Notes `request-read`, then `sent`. */
export function respond(choose: (request: RequestHead) => Content): Step {
  return async (peer) => {
    const request = await readHead(peer);
    await readBody(peer, request);
    peer.note("request-read", request.line);
    const bytes = render(choose(request), peer.stage);
    await peer.write(bytes);
    peer.note("sent", `${bytes.length} octets`);
  };
}
