import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { COMPANY_ROWS_A_DAY } from '../../../src/ledger/limits.ts'
import type { Hit } from '../collect/hit.ts'
import { addSite, emptyLedger, publishTable, stored } from '../fixtures.ts'
import { event, isolate } from './house.ts'

/** What becomes of a company's visits on a day that has as many rows as it may have. */
beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

interface Person {
  readonly from: NonNullable<Hit['from']>
  readonly headers: Record<string, string>
}

const ANNA: Person = {
  from: 'acme',
  headers: { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0)', 'Accept-Language': 'de', 'CF-Ray': '1-FRA' },
}
const BORIS: Person = {
  from: 'acme6',
  headers: { 'User-Agent': 'Mozilla/5.0 (iPhone) Mobile', 'Accept-Language': 'en', 'CF-Ray': '2-FRA' },
}

const WALKS = [
  ['/', '/pricing', '/contact'],
  ['/blog', '/', '/imprint-of-nothing'],
]

/** Both walk, taking turns, each dressed as told; the company's day is full after the second step of the first. */
async function walk(people: readonly Person[]): Promise<unknown> {
  await emptyLedger()
  await addSite()
  const house = isolate()
  for (let step = 0; step < 3; step += 1) {
    for (const [at, person] of people.entries()) {
      const path = WALKS[at]?.[step]
      const previous = WALKS[at]?.[step - 1]
      await event(house, { ...person, body: { k: 'view', p: path, ...(previous !== undefined && { f: previous }) } })
      // As if the day had been a busy one: the figure is computed anew with every event.
      await env.DB.prepare('UPDATE company_day SET row_count = ?1')
        .bind(step === 0 ? 0 : COMPANY_ROWS_A_DAY)
        .run()
    }
  }
  return stored()
}

test('P3 past the bound, too, exchanging who made which visit leaves the same bytes', async () => {
  const one = await walk([ANNA, BORIS])
  const other = await walk([BORIS, ANNA])
  expect(other).toEqual(one)
  expect(JSON.stringify(one)).toContain('(other)')
})
