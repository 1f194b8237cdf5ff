/**
 * Numbers from 0 up to, not including, 1 that look random and are the same for the same seeds: mulberry32 by
 * Tommy Ettinger, in the public domain. Good enough to choose by, and no more.
 * @param seeds whole numbers; their order matters
 */
export function seeded(...seeds: readonly number[]): () => number {
  let state = seeds.reduce((mixed, seed) => scramble(Math.imul(mixed, 31) + seed), 1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    return scramble(state) / 2 ** 32;
  };
}

function scramble(number: number): number {
  let bits = Math.imul(number ^ (number >>> 15), number | 1);
  bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
  return (bits ^ (bits >>> 14)) >>> 0;
}
