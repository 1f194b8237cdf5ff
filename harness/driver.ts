import type { Dialect } from "./dialect.ts";
import type { Plan, TimerName, Timers } from "./plan.ts";
import type { NamedScenario } from "./scenario.ts";

/**
 * How a proxy is brought up. `embedded`: in this process. `local`: a program. `container`: a program in a container.
 * `profile`: in this process, an imitation of one that cannot be run here; what it shows is what its vendor says.
 */
export type Via = "embedded" | "local" | "container" | "profile";

/** Puts one kind of proxy in front of the backends. */
export interface ProxyDriver {
  /** As named on the command line: `nginx`. */
  readonly name: string;
  readonly via: Via;
  /** The grain of the proxy's clock, in milliseconds: timers are rounded up to `unit` and may run out up to `unit` late. */
  readonly unit: number;
  readonly dialect: Dialect;
  /** Timers at whose end the client is left waiting all the same, or which the proxy lacks: such a wait has no bound. */
  readonly untimed?: readonly TimerName[];
  /** Timers of its own in place of the run's. */
  readonly timers?: Timers;
  /** Where it imitates a proxy that cannot be run here: the timers its vendor publishes, and all of them, guessed or not. */
  readonly vendor?: { readonly published: Partial<Timers>; readonly timers: Timers };
  /** Those with which it can share what happens at the upstreams. Drivers of one company have the same object. */
  readonly company?: Company;
  /** The same proxy in a version of its own: `1.28` means every 1.28.x. Unset: only the one that is here can be had. */
  at?(version: string): ProxyDriver;
  /** The same proxy with a configuration that somebody else has written. Unset: it has none in a file. */
  readonly foreign?: Foreign;
  /** What this machine lacks, with the command that supplies it; nothing when the proxy can start. */
  missing(): Promise<string | undefined>;
  /** Which part of a plan the proxy has no means for: `TLS towards the upstream`. Its cell then says so. */
  cannot?(plan: Plan): string | undefined;
  /** The configuration text, a pure function of the routes. */
  config(routes: readonly Route[]): string;
  /** One process serves every plan, each on a port of its own. Resolves when all of them accept connections. */
  start(plans: readonly Plan[], ground: Ground): Promise<RunningProxy>;
}

/** Drivers that only differ in what they tell the client: one exchange with the upstreams serves all of them. */
export interface Company {
  /** Two drivers may share a scenario when this says the same of both: they treat the upstreams alike there. */
  conduct(driver: ProxyDriver, scenario: NamedScenario): string;
  /** Starts all of these, each with a port of its own for every plan; the same requests must be sent to each of them. */
  start(drivers: readonly ProxyDriver[], plans: readonly Plan[], ground: Ground): Promise<readonly RunningProxy[]>;
}

/** How a proxy is started with a configuration that is not of ours. */
export interface Foreign {
  /** Whether a file is one of its configurations: by its name, or by what stands in it. */
  recognises(by: "name" | "text", file: string, text: string): boolean;
  /** A driver that starts it anew for every plan, and of a plan heeds the upstreams alone. */
  configured(configuration: ForeignConfiguration): ProxyDriver;
}

/** A configuration that somebody else has written. */
export interface ForeignConfiguration {
  /** Absolute path. */
  readonly file: string;
  /** What stands in it, placeholders as they are. */
  readonly text: string;
  /** Where it makes the proxy listen. Unset: a placeholder stands for that. */
  readonly listens?: URL;
}

/** One plan with the address at which the proxy listens for it. */
export interface Route {
  readonly plan: Plan;
  readonly host: string;
  readonly port: number;
  /** Where the proxy writes what it has to say about this route. */
  readonly log: string;
}

/** Where a proxy may live during a run. */
export interface Ground {
  /** A private folder, for configuration, logs and process ids. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** What chance in the proxy follows from, where it can be told. */
  readonly seed?: number;
}

export interface RunningProxy extends AsyncDisposable {
  readonly version: string;
  /** Where each plan is served, in the order of the plans. */
  readonly routes: readonly URL[];
  /** The proxy's own words about the requests of one route: its error log, say. */
  said(route: number): Promise<readonly string[]>;
  /** How the process that serves a route ended, when it has. */
  died(route: number): string | undefined;
}
