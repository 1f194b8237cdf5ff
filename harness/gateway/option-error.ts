/** An option that no gateway can be started with. */
export class OptionError extends Error {
  /** By its name in `GatewayOptions`, as in `trust.ca`. */
  readonly option: string;
  readonly wanted: string;
  /** What was given and, where the system has one, the reason. */
  readonly got: string;

  constructor(option: string, wanted: string, got: string, options?: ErrorOptions) {
    super(`${option} must be ${wanted}, got ${got}`, options);
    this.option = option;
    this.wanted = wanted;
    this.got = got;
  }
}
