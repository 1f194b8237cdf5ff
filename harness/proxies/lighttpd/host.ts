import type { Plan, Timers } from "../../plan.ts";

/** lighttpd looks at its timers once a second, in milliseconds. */
const tick = 1_000;

/**
 * The grain of its clock, in milliseconds. It looks before it sets the clock, so that the time is a second old, and a
 * timer has run out when more than its seconds have passed: one of a second ends after two, or up to three.
 */
export const unit = 2 * tick;

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

/** As many seconds as run out no earlier than they should. 0 is "never" here too. */
function seconds(milliseconds: number): number {
  return milliseconds === 0 ? 0 : Math.max(1, Math.ceil(milliseconds / tick) - 1);
}
