/**
 * The file of `npm run ledger`: one JSON document a line. First a head, then a line a row, last an end with the count
 * and the hash of every table, so that a file that was cut short or changed is noticed before anything is written.
 *
 * A table's hash is the sum of the SHA-256 of its rows modulo 2^256: the same whatever the order, so rows that come from
 * one database or from several agree.
 */
import { createHash } from 'node:crypto'
import * as z from 'zod'

/** Raised when a reader of the version before would misread the file. */
export const FORMAT = 1

export type Value = string | number | null
const Values = z.array(z.union([z.string(), z.number(), z.null()]))
const Columns = z.record(z.string(), z.array(z.string()))

export const Head = z.object({
  doorplate: z.literal('ledger'),
  format: z.number(),
  release: z.string(),
  day: z.string(),
  migrations: z.array(z.string()),
  /** Columns of every table, in the order of a row's values. Bytes are hex. */
  tables: Columns,
})
export type Head = z.infer<typeof Head>

export const Row = z.tuple([z.string(), Values])
export type Row = z.infer<typeof Row>

const Tally = z.object({ rows: z.number(), hash: z.string() })
export type Tally = z.infer<typeof Tally>
export const End = z.object({ end: z.literal(true), tables: z.record(z.string(), Tally) })
export type End = z.infer<typeof End>

/** Counts and hashes rows as they pass. */
export class Tallies {
  readonly #tables = new Map<string, { rows: number; sum: bigint }>()

  add(table: string, values: readonly Value[]): void {
    const tally = this.#tables.get(table) ?? { rows: 0, sum: 0n }
    const digest = createHash('sha256').update(JSON.stringify(values)).digest('hex')
    this.#tables.set(table, { rows: tally.rows + 1, sum: BigInt.asUintN(256, tally.sum + BigInt(`0x${digest}`)) })
  }

  of(table: string): Tally {
    const { rows, sum } = this.#tables.get(table) ?? { rows: 0, sum: 0n }
    return { rows, hash: sum.toString(16).padStart(64, '0') }
  }
}
