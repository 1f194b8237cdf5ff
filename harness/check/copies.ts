import type { Backend, Fault } from "../fault.ts";

/**
 * The same fault at each of several upstreams: whichever of them the proxy chooses, it meets the fault. Those that it
 * does not choose prove nothing, so that one proof is enough.
 */
export function copies(fault: Fault, count: number): Fault[] {
  const proofs: (() => Promise<void>)[] = [];
  const proveAny = async () => {
    if (proofs.length === 0) return;
    await Promise.any(proofs.map((prove) => prove())).catch(({ errors }: AggregateError) => Promise.reject(errors[0]));
  };
  return Array.from({ length: count }, (_, index) => ({
    ...fault,
    async open(stage): Promise<Backend> {
      const { prove, ...backend } = await fault.open(stage);
      if (prove) proofs.push(prove);
      return index === 0 ? { ...backend, prove: proveAny } : backend;
    },
  }));
}
