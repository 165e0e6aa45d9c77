/**
 * P3, on the bytes: the same traffic twice, by other people of the same companies, at other minutes of the hour, in
 * another order. What is stored must be the same to the last row.
 *
 * This is what a search can't do: it catches a digest with a secret salt, a session id, a time finer than the hour,
 * a number that grows in order of arrival.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CompiledTable } from '../../compile/table.ts'
import type { Canary } from './canaries.ts'
import { Journal } from './journal.ts'
import { rowState } from './ledger-state.ts'
import { type Path, TRAFFIC } from './paths.ts'
import { Session } from './session.ts'
import { furnish } from './sites.ts'
import { publishProofTable } from './table.ts'

export interface Twins {
  /** Rows compared. */
  readonly rows: number
  /** `table: a row of the one | a row of the other`. */
  readonly differences: readonly string[]
}

interface Visit {
  readonly who: (canary: Canary) => string
  readonly now: number
  readonly seed: number
}

/** Events whose own text is the address are left out: the redactor may rightly call one spelling an id and another a person. */
const ALIKE: readonly Path[] = TRAFFIC.filter(({ name, leaves }) => !name.includes('the page sends') && leaves !== 'seconds')

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export async function compareTwins(modules: Readonly<Record<string, string>>, table: CompiledTable, events: number): Promise<Twins> {
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const one = await visit(modules, table, events, { who: ({ address }) => address, now: hour + 7 * MINUTE_MS, seed: 1 })
  const other = await visit(modules, table, events, { who: ({ twin }) => twin, now: hour + 51 * MINUTE_MS, seed: 2 })
  const differences: string[] = []
  let rows = 0
  for (const table of new Set([...one.keys(), ...other.keys()])) {
    const left = one.get(table) ?? []
    const right = other.get(table) ?? []
    rows += left.length
    const at = Array.from({ length: Math.max(left.length, right.length) }, (_, index) => index).find(
      (index) => left[index] !== right[index],
    )
    if (at !== undefined) differences.push(`table ${table}: ${left[at] ?? 'no row'} | ${right[at] ?? 'no row'}`)
  }
  return { rows, differences }
}

/** Rows of every table after the traffic, in the order in which the database gives them. */
async function visit(modules: Readonly<Record<string, string>>, table: CompiledTable, events: number, { who, now, seed }: Visit) {
  const state = mkdtempSync(join(tmpdir(), 'doorplate-twin-'))
  const session = await Session.start({ state, modules, heard: { console: [], outbound: [] }, journal: new Journal(), who, seed })
  try {
    await furnish(session.runtime.db)
    await publishProofTable(session.runtime.ranges, table)
    await session.clock(now)
    await session.take(ALIKE, events)
    return await rowState(session.runtime.db)
  } finally {
    await session.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
