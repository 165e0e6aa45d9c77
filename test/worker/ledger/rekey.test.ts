import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { d1Sink } from '../../../src/ledger/open-sink.ts'
import { rekey } from '../../../src/ledger/rekey.ts'
import { shardsOver } from '../../../src/ledger/shard.ts'
import { readSites } from '../../../src/ledger/sites.ts'
import type { SiteId } from '../../../src/words.ts'
import { addSite, company, emptyLedger, NOW, SHOP, stored } from '../fixtures.ts'

const HOUR = hourOf(NOW)
const ALIASES = { 'dom:old.example': 'dom:new.example' }
const sink = d1Sink(env.DB)
const deed = { siteId: SHOP, hour: HOUR, kind: 'view', path: '/', origin: '', name: '' } as const

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

const run = async (aliases: Record<string, string> = ALIASES) =>
  rekey(shardsOver([env.DB], env.DB), aliases, (await readSites(env.DB)).byId)

describe('a renamed company', () => {
  test('past and future become one company; the ledger is as if it had never had another key', async () => {
    const old = company('Old')
    const renamed = company('New')
    const walk = [
      { ...deed, hour: HOUR - 48, path: '/a' },
      { ...deed, hour: HOUR - 1, path: '/a' },
      { ...deed, path: '/a' },
    ]
    for (const step of walk) await sink.activity({ ...step, company: renamed }, 'Europe/Berlin')
    await sink.activity({ ...deed, path: '/a', company: renamed }, 'Europe/Berlin')
    const expected = await stored()

    await emptyLedger()
    await addSite()
    for (const step of walk) await sink.activity({ ...step, company: old }, 'Europe/Berlin')
    await sink.activity({ ...deed, path: '/a', company: renamed }, 'Europe/Berlin')
    await run()
    expect(await stored()).toEqual(expected)
  })

  test('before migration 0010 has run it is one company too', async () => {
    await sink.activity({ ...deed, company: company('Old') }, 'Europe/Berlin')
    await env.DB.prepare('ALTER TABLE company_day RENAME COLUMN paths TO paths_away').run()
    try {
      await run()
    } finally {
      await env.DB.prepare('ALTER TABLE company_day RENAME COLUMN paths_away TO paths').run()
    }
    const { companies, company_day } = await stored()
    expect(companies).toMatchObject([{ company_key: 'dom:new.example' }])
    expect(company_day).toMatchObject([{ company_key: 'dom:new.example', views: 1, row_count: 1 }])
  })

  test('keeps its master data of then where the site never saw the new key', async () => {
    await sink.activity({ ...deed, company: company('Old') }, 'Europe/Berlin')
    await run()
    expect((await stored()).companies).toMatchObject([{ company_key: 'dom:new.example', name: 'Old' }])
  })

  test('other companies and other sites stay, and running again changes nothing', async () => {
    await addSite({ id: 'other', name: 'Other' })
    await sink.activity({ ...deed, company: company('Else') }, 'Europe/Berlin')
    await sink.activity({ ...deed, siteId: 'other' as SiteId, company: company('Old') }, 'Europe/Berlin')
    await run()
    const once = await stored()
    expect(once.company_activity).toMatchObject([
      { site_id: 'other', company_key: 'dom:new.example' },
      { site_id: 'shop', company_key: 'dom:else.example' },
    ])
    await run()
    expect(await stored()).toEqual(once)
  })

  test('without aliases nothing is read', async () => {
    await run({})
    expect((await stored()).companies).toEqual([])
  })
})
