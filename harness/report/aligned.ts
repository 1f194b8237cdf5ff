import Table from "cli-table3";

export interface AlignedCell {
  readonly text: string;
  readonly align?: "right";
}

const noLines = Object.fromEntries(
  ["top", "bottom", "left", "right"]
    .flatMap((side) => [side, `${side}-mid`, `${side}-left`, `${side}-right`])
    .concat("mid", "mid-mid", "middle")
    .map((place) => [place, ""]),
);

/** Rows with their columns aligned, two blanks between them, and no lines drawn. */
export function aligned(rows: readonly (readonly (string | AlignedCell)[])[]): string {
  const table = new Table({
    chars: noLines,
    style: { "padding-left": 0, "padding-right": 2, head: [], border: [], compact: true },
  });
  for (const row of rows) {
    table.push(
      row.map((cell) => {
        const { text, align }: AlignedCell = typeof cell === "string" ? { text: cell } : cell;
        return { content: text, hAlign: align ?? "left" };
      }),
    );
  }
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
