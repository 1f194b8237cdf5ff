import { type Origin, openFaults, openLabs } from "../lab/open-labs.ts";
import type { Lab } from "../open-lab.ts";

/** The open lab that a URL leads to, or that listens on a port. */
export function labAt(place: string | number): Lab | undefined {
  return [...openLabs].find(({ url }) =>
    typeof place === "number"
      ? Number(new URL(url).port) === place
      : URL.canParse(place) && new URL(place).origin === url,
  );
}

/** Whose mark stands in what came: of the backends of an open lab, or of a fault that was started alone. */
export function originIn(texts: readonly string[]): Origin | undefined {
  return [...openLabs, ...openFaults].find(({ nonce }) => texts.some((text) => text.includes(nonce)));
}

/** Where an error names no address, and one lab is open, it is that one's. */
export function soleLab(): Lab | undefined {
  const [only, ...others] = openLabs;
  return others.length === 0 ? only : undefined;
}
