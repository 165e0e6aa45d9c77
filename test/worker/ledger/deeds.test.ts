import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { MOST_COMPANY_DAYS, readDeeds } from '../../../src/ledger/deeds.ts'
import { emptyDesk, fill } from '../admin/desk.ts'
import { addSite, SHOP } from '../fixtures.ts'

const PERIOD = { from: '2026-11-20', to: '2026-11-21' }

beforeEach(async () => {
  await emptyDesk()
  await addSite()
})

const deeds = async (limit = 10, period = PERIOD) =>
  (await readDeeds(env.DB, SHOP, period, limit)).deeds.map(({ what, value, count, companies }) => [what, value, count, companies])

test('what companies did is summed over companies and hours, the largest first', async () => {
  await fill([
    { path: '/', origin: 'google.com', count: 3 },
    { path: '/', origin: 'google.com', ago: 20 },
    { path: '/pricing', origin: '/' },
    { key: 'dom:siemens.example', path: '/' },
    { key: 'dom:siemens.example', path: '/pricing', kind: 'download', name: 'sheet.pdf', count: 2 },
    { key: 'dom:siemens.example', path: '/contact', kind: 'form', name: 'contact' },
  ])
  expect(await deeds()).toEqual([
    ['download', 'sheet.pdf', 2, 1],
    ['form', 'contact', 1, 1],
    ['page', '/', 5, 2],
    ['page', '/pricing', 1, 1],
    ['source', 'google.com', 4, 1],
  ])
})

test('no more than asked for of each, and nothing of other days', async () => {
  await fill([{ path: '/a' }, { path: '/b', count: 2 }, { path: '/c', count: 3 }, { path: '/old', ago: 24 * 10, count: 99 }])
  expect(await deeds(2)).toEqual([
    ['page', '/c', 3, 1],
    ['page', '/b', 2, 1],
  ])
})

test('P8 nothing of another site', async () => {
  await addSite({ id: 'other', name: 'Other' })
  await fill([{ path: '/ours' }, { site: 'other', path: '/theirs' }])
  expect(await deeds()).toEqual([['page', '/ours', 1, 1]])
})

test('of a period with very many company-days the latest are read, and it is said', async () => {
  const many = Array.from({ length: MOST_COMPANY_DAYS + 1 }, (_, index) => ({
    key: `dom:c${index}.example`,
    path: index === 0 ? '/first' : '/',
  }))
  await fill(many)
  const { latestOnly, deeds } = await readDeeds(env.DB, SHOP, PERIOD, 10)
  expect(latestOnly).toBe(true)
  expect(deeds.reduce((sum, { count }) => sum + count, 0)).toBe(MOST_COMPANY_DAYS)
  expect((await readDeeds(env.DB, SHOP, { from: '2026-11-01', to: '2026-11-02' }, 10)).latestOnly).toBe(false)
})
