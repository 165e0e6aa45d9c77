/**
 * Did the events arrive where their paths lead? A Worker that drops everything leaks nothing and proves nothing.
 */
import type { Sent } from './journal.ts'
import { countOf } from './ledger-state.ts'

export interface Reach {
  readonly what: string
  readonly expected: number
  readonly found: number
}

/** The site whose events a shutdown cuts off is left out: nobody knows its numbers. */
const OTHERS = "site_id <> 'prove-burst'"

export async function measureReach(db: D1Database, sent: readonly Sent[]): Promise<readonly Reach[]> {
  const outcomes = new Set(sent.map(({ path }) => path.leaves).filter((leaves) => !['nothing', 'ledger', 'seconds'].includes(leaves)))
  const expected = (leaves: string): number => sent.filter(({ path }) => path.leaves === leaves).reduce((sum, { times }) => sum + times, 0)
  const reach: Reach[] = [
    {
      what: 'in the ledger',
      expected: expected('ledger'),
      found: await countOf(db, `SELECT sum(count) AS count FROM company_activity WHERE ${OTHERS}`),
    },
    {
      what: 'views with time',
      expected: Math.min(1, expected('seconds')),
      found: await countOf(db, `SELECT min(1, count(*)) AS count FROM company_activity WHERE seconds > 0 AND ${OTHERS}`),
    },
  ]
  for (const outcome of outcomes) {
    const sql = `SELECT sum(count) AS count FROM site_totals WHERE dimension = 'outcome' AND value = '${outcome}' AND ${OTHERS}`
    reach.push({ what: `in the totals as "${outcome}"`, expected: expected(outcome), found: await countOf(db, sql) })
  }
  return reach
}
