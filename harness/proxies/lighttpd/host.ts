import type { Plan, Timers } from "../../plan.ts";

/** The grain of lighttpd's clock, in milliseconds: it looks at its timers once a second. */
export const unit = 1_000;

/** An upstream as `proxy.server` lists it. */
export function host(url: string, { timers }: Plan): string {
  return `( ${[...address(url), ...clocks(timers)].join(", ")} )`;
}

function address(url: string): string[] {
  if (url.startsWith("unix:")) return [`"socket" => ${JSON.stringify(url.slice("unix:".length))}`];
  const { hostname, port } = new URL(url);
  return [`"host" => ${JSON.stringify(hostname.replace(/^\[|\]$/g, ""))}`, `"port" => ${port || 80}`];
}

/**
 * Of the seven clocks lighttpd has three. The one for reading counts for the whole head, then between two reads of the
 * body, so that it is given the head's; nothing bounds the exchange as a whole, and names are resolved when it starts.
 * A host that has refused a connection is left out until the next look at the clock; out of the box a second more.
 */
function clocks({ connect, head, send }: Timers): string[] {
  return [
    `"connect-timeout" => ${seconds(connect)}`,
    `"read-timeout" => ${seconds(head)}`,
    `"write-timeout" => ${seconds(send)}`,
    '"disable-time" => 0',
  ];
}

/** 0 is "never" here too. */
function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / unit);
}
