import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publish } from '../../../src/compile/publish.ts'
import { remoteKv } from '../../../src/tools/ranges/remote-kv.ts'
import { WranglerFailed } from '../../../src/tools/wrangler.ts'
import { tableOf } from '../compile/made-table.ts'
import { type FakeApi, fakeKvApi } from './cloudflare-kv-api.ts'

/** The real wrangler against an API that speaks like Cloudflare's; a process per value, hence few values. */
describe('--remote, through the wrangler command line', () => {
  let api: FakeApi
  const environment = { ...process.env }

  beforeAll(async () => {
    api = await fakeKvApi()
    Object.assign(process.env, {
      CLOUDFLARE_API_BASE_URL: api.url,
      CLOUDFLARE_API_TOKEN: 'no-real-token',
      CLOUDFLARE_ACCOUNT_ID: '0'.repeat(32),
      WRANGLER_SEND_METRICS: 'false',
    })
  })
  afterAll(async () => {
    process.env = environment
    await api.close()
  })

  test('publish: the bytes arrive as they are, and can be listed and deleted', async () => {
    const a = await tableOf([['203.0.113.0', '203.0.113.255', 1]])
    const kv = remoteKv()
    const now = new Date('2026-11-21T12:00:00Z')
    expect(await publish(kv, a, { now })).toMatchObject({ written: 3, previous: null, leftovers: false })
    for (const [name, bytes] of a.files) {
      const stored = api.values.get(`ranges:${a.description.version}:${name}`)
      expect(stored).toEqual({ value: Buffer.from(bytes), metadata: { written: now.getTime() } })
    }
    const names = await kv.list('ranges:')
    expect(names).toContainEqual({ key: 'ranges:current', written: now.getTime() })
    await kv.delete(names.map(({ key }) => key))
    expect(api.values.size).toBe(0)
  })
})

test('what wrangler says about a failure is passed on, a missing key is no failure', async () => {
  const failing = (message: string) => remoteKv(() => Promise.reject(new WranglerFailed(message)))
  expect(await failing('Failed to fetch /accounts/0/storage/kv - 404: Not Found').get('ranges:current')).toBeNull()
  await expect(failing('You are not logged in').get('ranges:current')).rejects.toThrow('You are not logged in')
})

test('large tables are uploaded in parts that wrangler takes', async () => {
  const uploads: number[] = []
  const kv = remoteKv(async (words) => {
    uploads.push(words.length)
    return Buffer.alloc(0)
  })
  const shard = new Uint8Array(20 * 1024 * 1024)
  await kv.put(Array.from({ length: 7 }, (_, index) => ({ key: `${index}`, value: shard, written: 0 })))
  expect(uploads).toHaveLength(3)
})
