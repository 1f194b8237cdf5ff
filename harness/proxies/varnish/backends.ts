import type { HealthCheck, Plan, Timers } from "../../plan.ts";
import { backendName } from "./names.ts";

/** The upstreams of a route as VCL declares them. */
export function backends(plan: Plan, index: number): string {
  return plan.upstreams
    .map((url, place) => {
      const lines = [
        ...destination(url),
        ...clocks(plan.timers),
        ...(plan.connections === undefined ? [] : [`.max_connections = ${plan.connections};`]),
        ...(plan.health ? [probe(plan.health, plan.timers)] : []),
      ];
      return `backend ${backendName(index, place)} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
    })
    .join("");
}

function destination(url: string): string[] {
  if (url.startsWith("unix:")) return [`.path = "${url.slice("unix:".length)}";`];
  const { hostname, port } = new URL(url);
  return [`.host = "${hostname.replace(/^\[|\]$/g, "")}";`, `.port = "${port || 80}";`];
}

/**
 * Of the seven clocks Varnish has three. `first_byte_timeout` runs until the head's first octet, `between_bytes_timeout`
 * for each further read, of the head and of the body. None bounds the writing of a request, nor the exchange as a whole.
 */
function clocks({ connect, head, idle }: Timers): string[] {
  return [
    `.connect_timeout = ${clock(connect)};`,
    `.first_byte_timeout = ${clock(head)};`,
    `.between_bytes_timeout = ${clock(idle)};`,
  ];
}

/** Varnish takes 0 for "at once", so that what is off becomes a day. */
function clock(milliseconds: number): string {
  return milliseconds === 0 ? "1d" : `${milliseconds}ms`;
}

/** The last check alone counts, and until there is one the upstream is well. */
function probe({ path, every }: HealthCheck, { head }: Timers): string {
  return `.probe = { .url = "${path}"; .interval = ${clock(every)}; .timeout = ${clock(head)}; .window = 1; .threshold = 1; .initial = 1; }`;
}
