import { deflateRawSync } from "node:zlib";
import { html, Markup } from "./markup.ts";

/** A value inside the page, deflated: the page inflates it when somebody looks at it. */
export function packed(id: string, value: unknown): Markup {
  const data = new Markup(deflateRawSync(JSON.stringify(value)).toString("base64"));
  return html`<script type="application/octet-stream" id="data:${id}">${data}</script>\n`;
}
