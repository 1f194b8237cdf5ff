import { acceptFor, closeFrame, textMessage } from "../net/web-socket.ts";
import { type Content, head } from "./content.ts";
import type { RequestHead } from "./request.ts";

/** The 101 that agrees to speak WebSocket, with the right answer to the client's key (RFC 6455 §4.2.2). */
export function switching({ fields }: RequestHead): Content {
  const accept = acceptFor(fields.get("sec-websocket-key") ?? "");
  return head("101 Switching Protocols", {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Accept": accept,
  });
}

/** A message to the client, in one frame. */
export function message(text: string): Content {
  return textMessage(text);
}

/** The Close frame of a server that is going away in good order (RFC 6455 §7.4.1). */
export function goingAway(): Content {
  return closeFrame(1001);
}
