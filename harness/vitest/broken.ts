/** How a client's error says that a message was broken off, or that none came. */
export interface Failure {
  readonly kind: "cut" | "none";
  /** In the client's own words. */
  readonly words: string;
}

/**
 * Reads the errors of the clients known: supertest's `aborted` and fetch's `terminated` come when a response head was
 * there and the message then ended early; `socket hang up`, `fetch failed` and all others when there was no response.
 */
export function failureOf(error: Error): Failure {
  const { cause } = error;
  const words = cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
  const aborted = error.message === "aborted" && codeOf(error) === "ECONNRESET";
  const terminated = error instanceof TypeError && error.message === "terminated";
  return { kind: aborted || terminated ? "cut" : "none", words };
}

/** The port of the server that a connection of `fetch` went to. */
export function portOf({ cause }: Error): number | undefined {
  if (!(cause instanceof Error) || !("socket" in cause)) return undefined;
  const { remotePort } = (cause.socket ?? {}) as { remotePort?: number };
  return remotePort;
}

function codeOf(error: Error): unknown {
  return "code" in error ? error.code : undefined;
}
