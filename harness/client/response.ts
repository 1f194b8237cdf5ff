import type { BodyInspector } from "../body.ts";
import { valuesIn } from "../fields.ts";
import type { ResponseReader } from "../response-reader.ts";
import type { Response } from "../trial.ts";
import type { ResponseHead } from "./response-head.ts";

/** The record of what was read, once its head was whole. */
export function responseOf(reader: ResponseReader, inspector: BodyInspector, nonce: string): Response | undefined {
  const { head } = reader;
  if (!head) return undefined;
  const described = inspector.inspection();
  const fromOrigin = described.nonce === nonce || head.fields.some(([, value]) => value.includes(nonce));
  const intact = described.intact ?? (fromOrigin ? asLongAsPromised(reader, head) : undefined);
  return {
    status: head.status,
    reason: head.reason,
    fields: head.fields,
    interim: [...reader.interim],
    bodyBytes: reader.bodyBytes,
    fromOrigin,
    framed: reader.whole,
    ...(intact !== undefined && { intact }),
    ...(reader.extra > 0 && { extra: reader.extra }),
  };
}

/**
 * The origin may promise in `X-Body` how many octets its body has: all that is left to go by when the body itself is lost.
 * That counts for a 200 alone: a gateway that puts its own error upon the origin's fields hides nothing.
 */
function asLongAsPromised(reader: ResponseReader, head: ResponseHead): boolean | undefined {
  const [promised] = valuesIn(head.fields, "x-body");
  if (promised === undefined || reader.bodiless || head.status !== 200) return undefined;
  return reader.bodyBytes === Number(promised);
}
