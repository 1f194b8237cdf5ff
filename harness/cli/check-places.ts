import { isIP } from "node:net";
import type { Place } from "../lab/scene.ts";
import { UsageError } from "./usage.ts";

/** More ports than anybody maps, and fewer than a slip of the finger names. */
const most = 1_000;

/**
 * Reads `9000`, `9000,9001`, `9000-9019`, `0.0.0.0:9000`, `[::1]:9000`: loopback unless an address is told.
 * @throws UsageError
 */
export function parsePlaces(text: string): readonly Place[] {
  const places = text.split(",").flatMap((item) => placesIn(item.trim(), text));
  const names = places.map(({ address, port }) => `${address} ${port}`);
  if (new Set(names).size < names.length) throw wrong(text, "each port once");
  if (places.length > most) throw wrong(text, `at most ${most} ports`);
  return places;
}

function placesIn(item: string, text: string): Place[] {
  const [whole, bracketed, plain, from, to = from] =
    /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d+)(?:-(\d+))?$/.exec(item) ?? [];
  const address = bracketed ?? (plain === "localhost" ? "127.0.0.1" : plain) ?? "127.0.0.1";
  const [first, last] = [Number(from), Number(to)];
  if (whole === undefined || isIP(address) === 0 || first < 1 || last > 65_535 || last < first || last - first >= most)
    throw wrong(text, "ports such as 9000, 9000,9001 or 9000-9019, with an address before if it is not 127.0.0.1");
  return Array.from({ length: last - first + 1 }, (_, index) => ({ address, port: first + index }));
}

function wrong(text: string, wanted: string): UsageError {
  return new UsageError(`--listen: wanted ${wanted}; got “${text}”`);
}
