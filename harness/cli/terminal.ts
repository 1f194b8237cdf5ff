import { styleText } from "node:util";
import { coloured, plain, type View } from "../report/paint.ts";

/** How standard output wants its text: Node knows about terminals, NO_COLOR and FORCE_COLOR. */
export function terminalView(): View {
  const { stdout } = process;
  const colours = styleText("bold", "x", { stream: stdout }) !== "x";
  return { paint: colours ? coloured : plain, ...(stdout.isTTY && { width: stdout.columns }) };
}
