/** Counts rows that mean nothing, by problem, and remembers where the first of each stands. */
import type { Skipped } from './source.ts'

export class SkippedRows {
  readonly #problems = new Map<string, { rows: number; readonly file: string; readonly line: number }>()

  add(problem: string, file: string, line: number): void {
    const known = this.#problems.get(problem)
    if (known === undefined) this.#problems.set(problem, { rows: 1, file, line })
    else known.rows++
  }

  list(): Skipped[] {
    return [...this.#problems].map(([problem, { rows, file, line }]) => ({ problem, rows, file, line }))
  }

  clear(): void {
    this.#problems.clear()
  }
}
