import { createHash } from "node:crypto";
import type { Content } from "./content.ts";

/** So many random octets, the same ones for the same seed. */
export function seededBytes(count: number): Content {
  return ({ seed }) => createHash("shake256", { outputLength: count }).update(String(seed)).digest();
}
