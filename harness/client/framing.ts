import { valuesIn, wordsIn } from "../fields.ts";
import { acceptFor } from "../net/web-socket.ts";
import type { ResponseHead } from "./response-head.ts";

/** Where a response ends (RFC 9112 §6.3). */
export type Framing =
  | { readonly by: "head" }
  | { readonly by: "switch" }
  | { readonly by: "frames" }
  | { readonly by: "length"; readonly length: number }
  | { readonly by: "chunks" }
  | { readonly by: "close" }
  | { readonly by: "nothing"; readonly reason: string };

/**
 * How the response to such a request is framed. `switch`: the connection speaks another protocol from here on;
 * `frames`: that of WebSocket, which the request has offered with this key, and the server has shown that it means it.
 */
export function framingOf(method: string, head: ResponseHead, webSocketKey?: string): Framing {
  const { status } = head;
  if (status === 101 && webSocketKey !== undefined && accepts(head, webSocketKey)) return { by: "frames" };
  if (status === 101 || (method === "CONNECT" && status >= 200 && status < 300)) return { by: "switch" };
  if (method === "HEAD" || status === 204 || status === 304) return { by: "head" };

  const codings = wordsIn(head.fields, "transfer-encoding");
  if (codings.length > 0) return codings.at(-1) === "chunked" ? { by: "chunks" } : { by: "close" };

  const lengths = [...new Set(wordsIn(head.fields, "content-length"))];
  const [length] = lengths;
  if (length === undefined) return { by: "close" };
  if (lengths.length > 1 || !/^\d+$/.test(length) || !Number.isSafeInteger(Number(length))) {
    return { by: "nothing", reason: `Content-Length: ${lengths.join(", ")}` };
  }
  return { by: "length", length: Number(length) };
}

/** RFC 6455 §4.1: a client must fail the connection when any of this does not hold. */
function accepts(head: ResponseHead, key: string): boolean {
  const [accept] = valuesIn(head.fields, "sec-websocket-accept");
  const switched =
    wordsIn(head.fields, "upgrade").includes("websocket") && wordsIn(head.fields, "connection").includes("upgrade");
  return switched && accept === acceptFor(key);
}

/** Whether the sender of this head would take another request on the connection (RFC 9112 §9.3). */
export function persists(head: ResponseHead): boolean {
  const options = wordsIn(head.fields, "connection");
  if (options.includes("close")) return false;
  return head.minor > 0 || options.includes("keep-alive");
}
