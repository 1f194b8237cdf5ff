import type { ProxyDriver } from "../driver.ts";
import { columns } from "./lines.ts";
import { plain, type View } from "./paint.ts";
import type { ReportCell } from "./report-cell.ts";
import { counted, driverName, kinds, signOf, worst } from "./words.ts";

export interface Standing {
  readonly cells: readonly ReportCell[];
  readonly drivers: readonly ProxyDriver[];
  /** Cells that there will be for each driver. */
  readonly count: number;
  /** Milliseconds so far. */
  readonly took: number;
}

/** A line for each proxy, never longer than the terminal is wide. */
export function progressPicture({ cells, drivers, count, took }: Standing, view: View): string {
  const widest = Math.max(...drivers.map((driver) => driverName(driver).length));
  const lines = drivers.map((driver) => {
    const verdicts = cells.filter((cell) => cell.driver === driver).map(({ verdict }) => verdict);
    const counts = kinds
      .map((kind) => ({ kind, times: verdicts.filter((verdict) => verdict.kind === kind).length }))
      .filter(({ kind, times }) => times > 0 && kind !== "pass")
      .map(({ kind, times }) => `${signOf(kind, view.paint)} ${times}`);
    const name = driverName(driver).padEnd(widest);
    const share = `${String(verdicts.length).padStart(String(count).length)}/${count}`;
    return withBar(name, [share, ...counts].join("  "), verdicts.length / count, view);
  });
  return [...lines, view.paint("dim", `${(took / 1000).toFixed(1)} s`)].join("\n");
}

/** The bar takes the room that is left, up to 30 columns; where there is next to none, it is left out. */
function withBar(name: string, rest: string, share: number, { paint, width = 80 }: View): string {
  const room = Math.min(30, width - columns(name) - columns(rest) - 5);
  if (room < 5) return `${name}  ${rest}`.trimEnd();
  const done = Math.round(share * room);
  return `${name}  ${paint("green", "━".repeat(done))}${paint("dim", "─".repeat(room - done))}  ${rest}`;
}

/** One family on one proxy, done. */
export function progressLine(family: string, cells: readonly ReportCell[]): string {
  const verdicts = cells.map(({ verdict }) => verdict);
  const name = cells[0] ? driverName(cells[0].driver) : "";
  return `${signOf(worst(verdicts), plain)} ${family} on ${name}: ${counted(verdicts, plain)}`;
}
