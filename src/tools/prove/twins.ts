/**
 * P3, on the bytes: the same traffic twice, by other people of the same companies, at other minutes of the hour, in
 * another order; and the same visits, dealt to other people. What is stored must be the same to the last row.
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
import { makeVisits, type People, walkAll } from './walks.ts'

export interface Twins {
  /** Rows compared. */
  readonly rows: number
  /** `table: a row of the one | a row of the other`. */
  readonly differences: readonly string[]
}

interface Replay {
  readonly who: (canary: Canary) => string
  readonly people: People
  readonly now: number
  readonly seed: number
}

/**
 * Events whose own text is the address are left out: the redactor may rightly call one spelling an id and another a
 * person. Leaving a page is left to the visits: without its view it leaves nothing, so its order is not free.
 */
const ALIKE: readonly Path[] = TRAFFIC.filter(({ name }) => !name.includes('the page sends') && !name.includes('leave'))

const VISITS = { fewest: 12, most: 60 }

/** Left out of the comparison, not of the search: ids drawn by lot for each transaction, so that a replay counts once. */
const BY_LOT: ReadonlySet<string> = new Set(['batches'])

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export interface Furniture {
  readonly modules: Readonly<Record<string, string>>
  readonly table: CompiledTable
  readonly migrations?: string | undefined
}

export async function compareTwins(furniture: Furniture, events: number): Promise<Twins> {
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
  const one = await replay(furniture, events, { who: ({ address }) => address, people: 'canaries', now: hour + 7 * MINUTE_MS, seed: 1 })
  const other = await replay(furniture, events, { who: ({ twin }) => twin, people: 'all', now: hour + 51 * MINUTE_MS, seed: 2 })
  const differences: string[] = []
  let rows = 0
  for (const table of new Set([...one.keys(), ...other.keys()])) {
    if (BY_LOT.has(table)) continue
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
async function replay({ modules, table, migrations }: Furniture, events: number, { who, people, now, seed }: Replay) {
  const state = mkdtempSync(join(tmpdir(), 'doorplate-twin-'))
  const session = await Session.start({ state, modules, heard: { console: [], outbound: [] }, journal: new Journal(), who, seed })
  try {
    await furnish(session.runtime.db, migrations)
    await publishProofTable(session.runtime.ranges, table)
    await session.clock(now)
    await session.take(ALIKE, events)
    await walkAll(session, makeVisits(Math.min(VISITS.most, Math.max(VISITS.fewest, Math.round(events / 4))), 7), people, seed)
    return await rowState(session.runtime.db)
  } finally {
    await session.stop()
    rmSync(state, { recursive: true, force: true })
  }
}
