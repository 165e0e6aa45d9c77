import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RETRY_AFTER_MS } from '../../../src/ranges/faults.ts'
import { FORMAT_VERSION, HEADER, shardChecksum } from '../../../src/ranges/format.ts'
import { addSite, emptyLedger, NOW, publishTable, stored } from '../fixtures.ts'
import { acme, answer, event, isolate, kvThat, nobody } from './house.ts'

/** A range table that cannot be read never names anybody wrongly and never loses an event: it is counted, of nobody. */
beforeAll(() => publishTable())

beforeEach(async () => {
  await emptyLedger()
  await addSite()
})

const real = (key: string): Promise<ArrayBuffer | null> => env.RANGES.get(key, 'arrayBuffer')

const FAULTS: readonly [string, (key: string) => Promise<ArrayBuffer | null>][] = [
  ['throws', () => Promise.reject(new Error('KV GET failed: 500'))],
  ['is empty', async () => null],
  ['has lost a shard', (key) => (/:4:/.test(key) ? Promise.resolve(null) : real(key))],
  ['has no company records', (key) => (/:c:/.test(key) ? Promise.resolve(null) : real(key))],
  ['answers with wrong bytes', async (key) => (key === 'ranges:current' ? real(key) : new Uint8Array(4096).fill(7).buffer)],
  ['answers with half of them', async (key) => (await real(key))?.slice(0, 40) ?? null],
  ['answers with a pointer that is no JSON', async () => new TextEncoder().encode('<html>').buffer as ArrayBuffer],
]

describe('KV', () => {
  test.each(FAULTS)('%s: a company’s visit is an anonymous count, and is named again when KV is well', async (_what, get) => {
    let broken = true
    let now = NOW
    const house = isolate({ RANGES: kvThat((key) => (broken ? get(key) : real(key))), now: () => now })
    expect(await event(house)).toBe(204)
    expect(await stored()).toEqual({ companies: [], company_activity: [], company_day: [], site_totals: nobody(1) })
    broken = false
    now += Math.max(RETRY_AFTER_MS, 60_000)
    expect(await event(house)).toBe(204)
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: nobody(1) })
  })

  test('is slow: the answer does not wait, and the visit is counted when KV answers', async () => {
    let open = (): void => undefined
    const slow = new Promise<void>((resolve) => {
      open = resolve
    })
    const house = isolate({ RANGES: kvThat((key) => slow.then(() => real(key))) })
    const { status, after } = await answer(house)
    expect(status).toBe(204)
    expect((await stored()).company_activity).toEqual([])
    open()
    await after
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: [] })
  })

  test('fails while a table is in memory: nobody notices', async () => {
    let broken = false
    let now = NOW
    const house = isolate({ RANGES: kvThat((key) => (broken ? Promise.reject(new Error('away')) : real(key))), now: () => now })
    await event(house)
    broken = true
    now += 10 * 60_000
    await event(house)
    expect(await stored()).toMatchObject({ company_activity: acme(2), site_totals: [] })
  })
})

describe('a range table', () => {
  /** The pointer, changed. */
  async function pointer(over: Record<string, unknown>): Promise<ArrayBuffer> {
    const current: Record<string, unknown> = JSON.parse(new TextDecoder().decode((await real('ranges:current')) ?? new ArrayBuffer()))
    return new TextEncoder().encode(JSON.stringify({ ...current, ...over })).buffer as ArrayBuffer
  }

  /** The shard of Acme's network in another format, its checksum and its hash in the pointer made to fit. */
  async function ofFormat(format: number): Promise<(key: string) => Promise<ArrayBuffer | null>> {
    const name = '4:00'
    const { version, files } = JSON.parse(new TextDecoder().decode((await real('ranges:current')) ?? new ArrayBuffer()))
    const shard = (await real(`ranges:${version}:${name}`)) ?? new ArrayBuffer()
    const view = new DataView(shard)
    view.setUint8(HEADER.version, format)
    view.setUint32(HEADER.crc32, shardChecksum(new Int32Array(shard)), true)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', shard))
    const changed = await pointer({
      files: { ...files, [name]: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') },
    })
    return async (key) => (key === 'ranges:current' ? changed : key.endsWith(`:${name}`) ? shard : real(key))
  }

  test.each([
    ['the future', FORMAT_VERSION + 1],
    ['the past', FORMAT_VERSION - 1],
  ])('in a format of %s names nobody', async (_when, format) => {
    await event(isolate({ RANGES: kvThat(await ofFormat(format)) }))
    expect(await stored()).toMatchObject({ company_activity: [], site_totals: nobody(1) })
  })

  test('in this format, made the same way, does', async () => {
    await event(isolate({ RANGES: kvThat(await ofFormat(FORMAT_VERSION)) }))
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: [] })
  })

  test.each(['2001-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])('published on %s answers like any other', async (created) => {
    const house = isolate({ RANGES: kvThat((key) => (key === 'ranges:current' ? pointer({ created }) : real(key))) })
    await event(house)
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: [] })
  })

  test('that a publish is still writing is not seen: the pointer moves last', async () => {
    const version = 'f'.repeat(64)
    await env.RANGES.put(`ranges:${version}:4:00`, 'half of a shard')
    await event(isolate())
    expect(await stored()).toMatchObject({ company_activity: acme(1), site_totals: [] })
    await env.RANGES.delete(`ranges:${version}:4:00`)
  })
})
