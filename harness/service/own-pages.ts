import type { RequestHead } from "../faults/request.ts";
import type { Listed } from "./faults-listing.ts";
import { ownPaths, trialField, trialsPath } from "./selection.ts";
import type { Trials } from "./trials.ts";

/** A response of the service's own making: a page, or an error that says what was wanted. */
export interface Page {
  readonly status: string;
  readonly type: "text/html" | "application/json" | "text/plain" | "application/x-pem-file";
  readonly text: string;
}

export interface PagesContext {
  readonly listed: readonly Listed[];
  readonly trials: Trials;
  /** The authority that has issued what the TLS faults show. */
  readonly authority: string;
}

/** The page that a request asks for; nothing when it asks for a fault. */
export async function pageFor({ path, fields }: RequestHead, context: PagesContext): Promise<Page | undefined> {
  const way = path.split("?", 1)[0] ?? "";
  if (fields.has("x-fault") && !way.startsWith(ownPaths)) return undefined;
  const { listed, trials, authority } = context;
  if (way === "/" || way === "") return wantsHtml(fields.get("accept") ?? "") ? html(listed) : json({ faults: listed });
  if (way === `${ownPaths}/ca.pem`) return { status: "200 OK", type: "application/x-pem-file", text: authority };
  if (!way.startsWith(ownPaths)) return undefined;
  const trial = way.startsWith(`${trialsPath}/`) ? way.slice(trialsPath.length + 1) : "";
  const record = await trials.record(trial);
  return record === undefined ? refusal("404 Not Found", `no trial “${trial}” is known here`) : json(record);
}

export function refusal(status: string, text: string): Page {
  return { status, type: "text/plain", text: `badgateway backend: ${text}\n` };
}

/** As it goes over the wire. */
export function rendered({ status, type, text }: Page): Buffer {
  const content = Buffer.from(text);
  const head = [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Length: ${content.length}`,
    "Cache-Control: no-store",
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), content]);
}

function json(value: unknown): Page {
  return { status: "200 OK", type: "application/json", text: `${JSON.stringify(value, undefined, 2)}\n` };
}

/** Browsers name text/html; curl and programs do not. */
function wantsHtml(accept: string): boolean {
  return /\btext\/html\b/.test(accept);
}

function html(listed: readonly Listed[]): Page {
  const families = Map.groupBy(listed, ({ id }) => id.split("/")[0] ?? id);
  const sections = [...families].map(
    ([family, faults]) => `<h2 id="${family}">${family}</h2>\n<ul>\n${faults.map(item).join("\n")}\n</ul>`,
  );
  const text = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>badgateway backend</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
  li { margin: .25rem 0 }
</style>
<main>
<h1>A backend that fails on purpose</h1>
<p>A request gets the fault that its path names, or its field: <code>X-Fault: slow/late-answer; after=2s; head=1s</code>.
<code>after</code> passes before the fault begins; <code>head</code>, <code>idle</code> … are the timers it is told in terms of.
Requests with the same <code>${trialField}: 0123abcd</code> meet the same backend, whose record is at
<code>${trialsPath}/0123abcd</code>. As JSON: <code>curl http://this-backend/</code>.</p>
${sections.join("\n")}
</main>
</html>
`;
  return { status: "200 OK", type: "text/html", text };
}

function item({ id, title, path, serverName, port }: Listed): string {
  const label = path === undefined ? `<code>${id}</code>` : `<a href="${path}"><code>${id}</code></a>`;
  const where = serverName === undefined ? port && `port ${port}` : `server name ${serverName}, port ${port}`;
  return `<li>${label} ${escaped(title)}${where ? ` (${where})` : ""}</li>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
