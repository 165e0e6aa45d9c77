/** A D1 database and a queue that fail as they do in the world, by a seed, and that count what was written. */
import type { Underway } from './hand-clock.ts'

export interface Meter {
  rowsWritten: number
  rowsRead: number
  batches: number
  failures: number
}

export const newMeter = (): Meter => ({ rowsWritten: 0, rowsRead: 0, batches: 0, failures: 0 })

/** Whether, and how, the next call fails: `before` it was done or `after`, when only the answer is lost. */
export type Faults = () => { readonly when: 'before' | 'after'; readonly message: string } | null

const MESSAGES = [
  { when: 'before', message: 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.' },
  { when: 'before', message: 'D1_ERROR: database is locked: SQLITE_BUSY' },
  { when: 'before', message: 'D1_ERROR: Network connection lost.' },
  { when: 'after', message: 'D1_ERROR: Network connection lost.' },
  { when: 'after', message: 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.' },
] as const

/** @param share of calls that fail */
export function faultsOf(random: () => number, share: number): Faults {
  return () => (random() >= share ? null : (MESSAGES[Math.floor(random() * MESSAGES.length)] ?? null))
}

export const NO_FAULTS: Faults = () => null

/** The part of a database that the ledger writes with. Faults fall on `batch` and on queries alike. */
export function meteredD1(db: D1Database, meter: Meter, underway: Underway, faults: Faults = NO_FAULTS): D1Database {
  async function failing<T>(work: () => Promise<T>): Promise<T> {
    const fault = faults()
    if (fault !== null) meter.failures += 1
    if (fault?.when === 'before') throw new Error(fault.message)
    const result = await underway.of(work())
    if (fault !== null) throw new Error(fault.message)
    return result
  }
  const query = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...values: unknown[]) => query(target.bind(...values))
        if (name === 'all') return () => failing(() => target.all())
        if (name === 'statement') return target
        return Reflect.get(target, name, target)
      },
    })
  return new Proxy(db, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => query(target.prepare(sql))
      if (name !== 'batch') return Reflect.get(target, name, target)
      return (statements: readonly D1PreparedStatement[]) =>
        failing(async () => {
          const results = await target.batch(statements.map((each) => Reflect.get(each, 'statement') as D1PreparedStatement))
          meter.batches += 1
          for (const { meta } of results) {
            meter.rowsWritten += meta.rows_written
            meter.rowsRead += meta.rows_read
          }
          return results
        })
    },
  })
}
