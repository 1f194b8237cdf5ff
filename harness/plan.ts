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
  /** The most connections to one upstream at a time. Unset: no limit. */
  readonly connections?: number;
  /** Requests that may wait for a connection once the limit is reached. Unset: none may. */
  readonly queue?: Queue;
  /** Asks every upstream how it is, whether there are requests or not. Unset: nobody is asked. */
  readonly health?: HealthCheck;
  /** Leaves an upstream out for a while after failures of real requests. Unset: none is left out. */
  readonly ejection?: Ejection;
}

/** A bounded queue in front of one upstream. */
export interface Queue {
  /** How many requests may wait. */
  readonly most: number;
  /** How long each may wait, in milliseconds. */
  readonly wait: number;
}

/** An active check: `GET path`; 2xx is good, anything else, or nothing within the timers, is bad. */
export interface HealthCheck {
  readonly path: string;
  /** Milliseconds from one check of an upstream to the next. */
  readonly every: number;
  /** So many good answers in a row bring an upstream back; 1 unless told. */
  readonly rise?: number;
  /** So many bad ones in a row take it out; 1 unless told. */
  readonly fall?: number;
}

/** A passive check: what becomes of requests tells how the upstream is. */
export interface Ejection {
  /** So many failures in a row, before a response head has come. */
  readonly failures: number;
  /** How long the upstream is left out, in milliseconds. */
  readonly for: number;
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
  readonly connections?: number;
  readonly queue?: Queue;
  readonly health?: HealthCheck;
  readonly ejection?: Ejection;
}

/** What each timer is, in words. */
export const timerWords: Readonly<Record<TimerName, string>> = {
  resolve: "resolving a name",
  connect: "connecting",
  tls: "the TLS handshake",
  send: "sending the request",
  head: "waiting for the response head",
  idle: "waiting for more of the body",
  total: "the whole exchange",
};

/** The plan of every route unless its scenario says otherwise. */
export function defaultPlan(timers: Timers, ca: string): Omit<Plan, "upstreams"> {
  return { timers, trust: { ca }, retries: 0, keepAlive: true, headLimit: 16_384 };
}
