/** Those of which it is true, and the others. */
export function halves<T>(all: readonly T[], of: (one: T) => boolean): [T[], T[]] {
  const { true: those = [], false: others = [] } = Object.groupBy(all, (one) => (of(one) ? "true" : "false"));
  return [those, others];
}
