/** A table on its way out: named columns, rows of plain values. */
export type Cell = string | number | boolean | null
export interface Sheet {
  readonly columns: readonly string[]
  /** Read as the receiver reads: never the whole table at once. */
  readonly rows: AsyncIterable<readonly Cell[]>
}

/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection): an attacker
 * who writes `=HYPERLINK(…)` into a referrer must not run anything on the operator's machine. Numbers are ours.
 */
export function defused(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
}
