import { styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "red" | "yellow" | "magenta";

/** Puts a style on text. Whoever renders is handed one, so that what it returns depends on its arguments alone. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_, text) => text;

export const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** Where a text is shown. */
export interface View {
  readonly paint: Paint;
  /** Columns of the terminal; unset when nothing bounds a line. */
  readonly width?: number;
}
