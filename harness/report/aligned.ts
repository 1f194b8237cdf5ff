import stringWidth from "fast-string-width";

export interface AlignedCell {
  readonly text: string;
  readonly align?: "right";
}

/** Rows with their columns aligned, two blanks between them, and no lines drawn. A row may break off early. */
export function aligned(rows: readonly (readonly (string | AlignedCell)[])[]): string {
  const measured = rows.map((row) => row.map(measure));
  const count = Math.max(0, ...measured.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...measured.map((row) => row[column]?.width ?? 0)),
  );
  return measured
    .map((row) =>
      row
        .map((cell, column) => padded(cell, widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

interface MeasuredCell extends AlignedCell {
  /** In columns of a terminal: styles take none, an ideograph takes two. */
  readonly width: number;
}

function measure(cell: string | AlignedCell): MeasuredCell {
  const { text, align }: AlignedCell = typeof cell === "string" ? { text: cell } : cell;
  return { text, width: stringWidth(text), ...(align && { align }) };
}

function padded({ text, width, align }: MeasuredCell, wanted = width): string {
  const blanks = " ".repeat(wanted - width);
  return align ? blanks + text : text + blanks;
}
