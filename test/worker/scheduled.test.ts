import { createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import worker from '../../src/index.ts'
import { hourOf } from '../../src/ledger/clock.ts'
import { d1Sink } from '../../src/ledger/open-sink.ts'
import { addSite, company, emptyLedger, NOW, publishTable, SHOP, stored } from './fixtures.ts'

beforeEach(emptyLedger)

test('P7 the Worker’s own clock deletes what is past its time, and keeps the rest', async () => {
  await addSite()
  await publishTable()
  const deed = { siteId: SHOP, kind: 'view', path: '/', origin: '', name: '' } as const
  const sink = d1Sink(env.DB)
  await sink.activity({ ...deed, company: company('Old'), hour: hourOf(NOW) - 120 * 24 }, 'UTC')
  await sink.activity({ ...deed, company: company('Young'), hour: hourOf(NOW) }, 'UTC')
  expect((await stored()).companies).toHaveLength(2)
  const controller = createScheduledController({ scheduledTime: new Date(NOW), cron: '17 * * * *' })
  await worker.scheduled(controller, env)
  expect((await stored()).companies).toMatchObject([{ name: 'Young' }])
})
