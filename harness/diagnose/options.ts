import type { Request } from "../client/request.ts";
import type { Timers } from "../plan.ts";
import type { LayerName } from "./layer.ts";

/** How an upstream is looked at: with the eyes of one proxy. */
export interface DiagnoseOptions {
  readonly timers: Timers;
  /** `address:port` of the name server asked. Unset: the system's own way. */
  readonly resolver?: string;
  readonly trust: ProbeTrust;
  /** The largest response head taken, in octets. */
  readonly headLimit: number;
  /** How long content is looked at, in milliseconds, though it is still coming. Unset: to its end. */
  readonly longest?: number;
  /** Ask a second time on the same connection. */
  readonly keepAlive: boolean;
  readonly question: Question;
  readonly signal?: AbortSignal;
  /** Called when a layer is through. */
  readonly passed?: (layer: LayerName) => void;
}

/** Whom we trust and what we show, as texts in PEM. */
export interface ProbeTrust {
  /** Unset: the authorities that come with Node. */
  readonly ca?: string;
  /** Sent as SNI and looked for in the certificate. Unset: the target's host. */
  readonly serverName?: string;
  readonly identity?: { readonly certificate: string; readonly key: string };
}

/** What is asked. */
export interface Question {
  readonly method: string;
  readonly fields: Request["fields"];
  /** So many octets of content. */
  readonly body?: number;
  /** Send `Expect: 100-continue`, and the content only after a 100. */
  readonly expect?: boolean;
  /** Offer to switch to WebSocket. */
  readonly upgrade?: boolean;
}
