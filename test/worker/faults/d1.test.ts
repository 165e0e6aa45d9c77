import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GRACE_MS } from '../../../src/ledger/limits.ts'
import { addSite, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { acme, answer, type Call, d1That, event, isolate, nobody } from './house.ts'

/** Whatever the database does, the answer is the same and comes at once; what could not be written waits and is written once. */
beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

const NOTHING = { companies: [], company_activity: [], company_day: [], site_totals: [] }

/** An isolate whose writes fail as long as `broken`. */
function failing(message: string, when: 'before' | 'after' = 'before') {
  const state = { broken: true, failed: 0 }
  const fail = (call: Call): void => {
    if (call !== 'batch' || !state.broken) return
    state.failed += 1
    throw new Error(message)
  }
  return { state, house: isolate({ DB: d1That({ [when]: fail }) }) }
}

describe('D1', () => {
  test.each([
    ['is overloaded', 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.'],
    ['is locked', 'D1_ERROR: database is locked: SQLITE_BUSY'],
    ['is away before it wrote', 'D1_ERROR: Network connection lost.'],
    ['is read-only', 'D1_ERROR: attempt to write a readonly database: SQLITE_READONLY'],
    ['is full', 'D1_ERROR: database or disk is full: SQLITE_FULL'],
    ['has reached its size', 'D1_ERROR: Exceeded maximum DB size: SQLITE_FULL'],
    ['says something nobody has heard', 'D1_ERROR: 203.0.113.20 is not a banana'],
  ])('%s: nothing is lost; what waited is written with the next event', async (_what, message) => {
    const { state, house } = failing(message)
    expect(await event(house)).toBe(204)
    expect(await event(house, { from: 'nobody' })).toBe(204)
    expect(await stored()).toEqual(NOTHING)
    state.broken = false
    expect(await event(house)).toBe(204)
    expect(await stored()).toMatchObject({ company_activity: acme(2), site_totals: nobody(1) })
  })

  test.each(['D1_ERROR: Network connection lost.', 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.'])(
    'throws after it committed (%s): tried again under the same id, counted once',
    async (message) => {
      const { state, house } = failing(message, 'after')
      await event(house)
      await event(house, { from: 'nobody' })
      // Once an event: the second try finds its id.
      expect(state.failed).toBe(2)
      expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: nobody(1) })
    },
  )

  test('is slow: the answer does not wait, and the visit is counted when D1 is done', async () => {
    let open = (): void => undefined
    const slow = new Promise<void>((resolve) => {
      open = resolve
    })
    const house = isolate({ DB: d1That({ before: (call) => (call === 'batch' ? slow : undefined) }) })
    const { status, after } = await answer(house)
    expect(status).toBe(204)
    expect(await stored()).toEqual(NOTHING)
    open()
    await after
    expect(await stored()).toMatchObject({ company_activity: acme(1) })
  })

  test('never answers: the next event takes over after a while, and what was written is not written twice', async () => {
    let now = NOW
    let hanging = true
    const house = isolate({
      DB: d1That({ after: (call) => (call === 'batch' && hanging ? new Promise(() => undefined) : undefined) }),
      now: () => now,
    })
    void answer(house)
    await expect.poll(async () => (await stored()).company_activity).toMatchObject(acme(1))
    hanging = false
    now += GRACE_MS + 1
    await event(house)
    expect(await stored()).toMatchObject({ company_activity: acme(2) })
  })

  test.each(['company_activity', 'company_day', 'companies', 'site_totals'])(
    'lacks the table %s: what waited is written when it is there',
    async (table) => {
      const house = isolate()
      await env.DB.prepare(`ALTER TABLE ${table} RENAME TO away`).run()
      try {
        expect(await event(house)).toBe(204)
        expect(await event(house, { from: 'nobody' })).toBe(204)
      } finally {
        await env.DB.prepare(`ALTER TABLE away RENAME TO ${table}`).run()
      }
      await event(house)
      expect(await stored()).toMatchObject({ company_activity: acme(2), site_totals: nobody(1) })
    },
  )

  test('cannot be asked for the sites: a warm isolate goes on with what it knows, a cold one stores nothing', async () => {
    let now = NOW
    let broken = false
    const db = d1That({
      before: (call) => {
        if (call === 'query' && broken) throw new Error('D1_ERROR: away')
      },
    })
    const warm = isolate({ DB: db, now: () => now })
    await event(warm)
    broken = true
    now += 10 * 60_000
    expect(await event(warm)).toBe(204)
    expect(await event(isolate({ DB: db }))).toBe(204)
    expect(await stored()).toMatchObject({ company_activity: acme(2), site_totals: [] })
  })

  test('cannot be asked for the rules in a cold isolate: nobody is named, because a network might be blocked', async () => {
    let queries = 0
    const house = isolate({
      DB: d1That({
        before: (call) => {
          // The first query is for the sites.
          if (call === 'query' && ++queries > 1) throw new Error('D1_ERROR: away')
        },
      }),
    })
    await event(house)
    expect(queries).toBeGreaterThan(1)
    expect(await stored()).toEqual({ ...NOTHING, site_totals: nobody(1) })
  })
})
