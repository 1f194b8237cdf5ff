/** The seven clocks of a proxy towards its upstream, in milliseconds; 0 switches one off. */
export interface Timers {
  /** DNS: from the question to a usable answer. */
  readonly resolve: number;
  /** TCP: from SYN to established. */
  readonly connect: number;
  /** TLS: from established to the end of the handshake. */
  readonly tls: number;
  /** No progress in writing the request. */
  readonly send: number;
  /** From the request fully written (or its head, under Expect) to the response head whole. */
  readonly head: number;
  /** Between two reads of the body. */
  readonly idle: number;
  /** The whole exchange. */
  readonly total: number;
}

export type TimerName = keyof Timers;

export const defaultTimers: Timers = {
  resolve: 300,
  connect: 300,
  tls: 300,
  send: 300,
  head: 300,
  idle: 300,
  total: 0,
};

/** What a driver is told for one route. Plain JSON; files are named by path. */
export interface Plan {
  /** `http://host:port`, `https://host:port` or `unix:/path`, tried in turn. */
  readonly upstreams: readonly string[];
  readonly timers: Timers;
  readonly trust: Trust;
  /** `address:port` of the DNS server that the proxy must ask. Unset: the system's. */
  readonly resolver?: string;
  /** Further tries after the first has failed. */
  readonly retries: number;
  /** Keep upstream connections open for the next request. */
  readonly keepAlive: boolean;
  /** The largest response head accepted, in bytes. */
  readonly headLimit: number;
}

/** How a TLS upstream is verified, and how the proxy shows who it is itself. */
export interface Trust {
  /** Path of a PEM file with the authorities trusted. */
  readonly ca: string;
  /** Name sent as SNI and checked against the certificate. Unset: the upstream's host. */
  readonly serverName?: string;
  /** Paths of PEM files. Unset: the proxy has no certificate of its own. */
  readonly identity?: { readonly certificate: string; readonly key: string };
}

/** Where a scenario departs from the default plan. Timers are told in terms of the run's own. */
export interface PlanChange {
  readonly timers?: (run: Timers) => Partial<Timers>;
  /** Show the run's client certificate to the upstream. */
  readonly clientCertificate?: true;
  readonly retries?: number;
  readonly keepAlive?: boolean;
  readonly headLimit?: number;
}

/** The plan of every route unless its scenario says otherwise. */
export function defaultPlan(timers: Timers, ca: string): Omit<Plan, "upstreams"> {
  return { timers, trust: { ca }, retries: 0, keepAlive: true, headLimit: 16_384 };
}
