import type { Plan } from "../../plan.ts";

/** Where a route's requests are mapped to. */
export interface Target {
  /** `host:port`: of the one upstream, or a name that stands for several. */
  readonly authority: string;
  readonly tls: boolean;
}

export function targetOf({ upstreams }: Plan, index: number): Target | undefined {
  const [first] = upstreams;
  if (first === undefined) return undefined;
  if (upstreams.length > 1) return { authority: poolName(index), tls: false };
  const { protocol, host } = new URL(first);
  return { authority: host, tls: protocol === "https:" };
}

/** A name that nobody resolves: `parent.config` says where its requests go. */
function poolName(index: number): string {
  return `route-${index + 1}.invalid`;
}

/** The line of `parent.config` for a route with several upstreams. */
export function pool({ upstreams }: Plan, index: number): string | undefined {
  if (upstreams.length < 2) return undefined;
  const members = upstreams.map((url) => new URL(url).host).join(";");
  return `dest_host=${poolName(index)} parent="${members}" round_robin=strict go_direct=false parent_is_proxy=false`;
}
