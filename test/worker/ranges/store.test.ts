import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { parsed } from '../../../src/ranges/address.ts'
import { RETRY_AFTER_MS } from '../../../src/ranges/faults.ts'
import { resolve } from '../../../src/ranges/resolve.ts'
import { readBounds, ruleSet } from '../../../src/ranges/rules.ts'
import { openRangeStore, type RangeStore } from '../../../src/ranges/store.ts'
import type { SiteId } from '../../../src/words.ts'
import { ADDRESSES } from '../../addresses.ts'
import { type CountingKv, countingKv, encode, FIRST, POINTER, put, SECOND, smallTable, twoVersions } from './tables.ts'

const MINUTE = 60_000

let clock = 0
let kv: CountingKv
let store: RangeStore

/** An isolate that has just started. */
function coldStart(): void {
  kv = countingKv()
  store = openRangeStore(kv, () => clock, never)
}

/** Waits for nothing and for ever: the deadline of a test that wants none. */
const never = (): Promise<void> => new Promise(() => {})
const atOnce = async (): Promise<void> => {}

const nameAt = async (address: string): Promise<string> => {
  const answer = await resolve(address, store)
  return answer.found ? answer.company.name : answer.why
}

beforeEach(async () => {
  clock = Date.UTC(2026, 10, 21)
  await put(smallTable())
  coldStart()
})

describe('what is found', () => {
  test.each([
    [ADDRESSES.acme, 'Acme'],
    ['203.0.113.0', 'Acme'],
    ['203.0.113.255', 'Acme'],
    ['203.0.114.0', 'unlisted'],
    ['203.0.112.255', 'unlisted'],
    [`::ffff:${ADDRESSES.acme}`, 'Acme'],
    [ADDRESSES.acme6, 'Acme'],
    ['2001:db8:2::', 'unlisted'],
    [ADDRESSES.university, 'Beispieluniversitaet'],
    [ADDRESSES.nobody, 'unlisted'],
    ['203.0.113', 'not-an-address'],
    ['203.0.113.020', 'not-an-address'],
    ['fe80::1%eth0', 'not-an-address'],
    ['', 'not-an-address'],
    ['unknown', 'not-an-address'],
  ])('%s is %s', async (address, name) => {
    expect(await nameAt(address)).toBe(name)
  })

  test('P2 an address is forgotten before anything is waited for, and when it was answered', async () => {
    const nothing = [0, 0, 0, 0]
    for (const address of [ADDRESSES.acme, ADDRESSES.acme6, ADDRESSES.university, ADDRESSES.nobody, '203.0.113']) {
      coldStart()
      const answer = resolve(address, store)
      expect([...parsed]).toEqual(nothing)
      await answer
      expect([...parsed]).toEqual(nothing)
      // Once more, with everything in memory.
      await resolve(address, store)
      expect([...parsed]).toEqual(nothing)
    }
    const bounds = readBounds('203.0.113.0/24')
    if (typeof bounds === 'string') throw new Error(bounds)
    const rule = { siteId: 'shop', bounds, action: 'block', company: null, why: '', created: '2026-11-21' } as const
    expect(ruleSet([rule]).ask(ADDRESSES.acme, 'shop' as SiteId)).toBe('block')
    expect([...parsed]).toEqual(nothing)
  })

  test('the receipt names the version of the table that answered', async () => {
    const answer = await resolve(ADDRESSES.acme, store)
    expect(answer).toMatchObject({ found: true, company: { key: 'dom:acme.example', receipt: { tableVersion: FIRST(), confidence: 75 } } })
  })

  test('P2 a company record holds nothing of the range it was found by', async () => {
    const answer = JSON.stringify(await resolve(ADDRESSES.acme, store))
    expect(answer).not.toMatch(/203\.0\.113|cb0071|3405803/i)
  })
})

describe('what is read from KV', () => {
  test('pointer and one shard before the first answer, nothing for the second', async () => {
    expect(await nameAt('203.0.114.1')).toBe('unlisted')
    expect(kv.reads).toEqual([POINTER, `ranges:${FIRST()}:4:00`])
    await nameAt('198.51.101.1')
    expect(kv.reads).toHaveLength(2)
  })

  test('the pack of a company once, when it is first seen', async () => {
    await nameAt(ADDRESSES.acme)
    await nameAt(ADDRESSES.university)
    expect(kv.reads).toEqual([POINTER, `ranges:${FIRST()}:4:00`, `ranges:${FIRST()}:c:00`])
  })

  test('nothing after a prefetch', async () => {
    await store.prefetch()
    const before = kv.reads.length
    for (const address of Object.values(ADDRESSES)) await nameAt(address)
    expect(kv.reads).toHaveLength(before)
  })

  test('two isolates read twice, requests at the same time share one read', async () => {
    await Promise.all(Array.from({ length: 20 }, () => nameAt(ADDRESSES.acme)))
    expect(kv.reads).toHaveLength(3)
    coldStart()
    await nameAt(ADDRESSES.acme)
    expect(kv.reads).toHaveLength(3)
  })

  test('the pointer for a minute, everything else for a day', async () => {
    await nameAt(ADDRESSES.acme)
    expect(kv.ttls).toEqual([60, 86_400, 86_400])
  })

  test('the pointer again after a minute and not before', async () => {
    await nameAt(ADDRESSES.acme)
    clock += MINUTE - 1
    await nameAt(ADDRESSES.acme)
    expect(kv.reads).toHaveLength(3)
    clock += 1
    await nameAt(ADDRESSES.acme)
    expect(kv.reads.at(-1)).toBe(POINTER)
  })
})

describe('a new version', () => {
  test('serves within a minute, and a rollback too', async () => {
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
    await put(await twoVersions())
    clock += MINUTE
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme Two')
    expect(store.health().version).toBe(SECOND)
    await put(smallTable())
    clock += MINUTE
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
  })

  test.each<[what: string, damage: (bytes: Uint8Array) => Uint8Array<ArrayBuffer> | null]>([
    ['missing', () => null],
    ['truncated', (bytes) => bytes.slice(0, -1)],
    ['empty', () => new Uint8Array()],
    ['flipped in one bit', (bytes) => Uint8Array.from(bytes, (byte, index) => (index === bytes.length - 1 ? byte ^ 1 : byte))],
    ['foreign', () => encode('<html>not found</html>')],
  ])('with a shard that is %s: the version before answers', async (_, damage) => {
    const values = await twoVersions()
    const key = `ranges:${SECOND}:4:00`
    const damaged = damage(values.get(key) ?? new Uint8Array())
    if (damaged === null) values.delete(key)
    else values.set(key, damaged)
    await put(values)
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
    expect(await nameAt(ADDRESSES.acme6)).toBe('Acme Two')
    expect(store.health().faults).toMatchObject(damaged === null ? { missing: 1 } : { broken: 1 })
  })

  test('with the shard of another version under its key: refused', async () => {
    const values = await twoVersions()
    values.set(`ranges:${SECOND}:c:00`, values.get(`ranges:${FIRST()}:c:00`) ?? new Uint8Array())
    await put(values)
    expect(await resolve(ADDRESSES.acme, store)).toMatchObject({ company: { name: 'Acme', receipt: { tableVersion: FIRST() } } })
  })

  test.each(['', '{', '{}', 'null', '{"version":"x"}'])('with the pointer %j: the version in memory serves on', async (pointer) => {
    await nameAt(ADDRESSES.acme)
    await env.RANGES.put(POINTER, pointer)
    clock += MINUTE
    expect(await nameAt(ADDRESSES.university)).toBe('Beispieluniversitaet')
    expect(store.health().faults.broken).toBe(1)
  })
})

describe('when something is wrong', () => {
  test('a missing shard answers nobody, counts once, and recovers without a restart', async () => {
    const values = smallTable()
    const key = `ranges:${FIRST()}:4:00`
    await env.RANGES.delete(key)
    for (let visit = 0; visit < 5; visit++) expect(await nameAt(ADDRESSES.acme)).toBe('shard-missing')
    expect(store.health()).toMatchObject({ faults: { missing: 1, broken: 0, unreachable: 0 }, recovered: 0 })
    expect(kv.reads).toEqual([POINTER, key])

    await put(values)
    clock += RETRY_AFTER_MS
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
    expect(store.health()).toMatchObject({ faults: { missing: 0 }, recovered: 1 })
    // KV remembers for the length of cacheTtl that a key was missing: the second try asks with the short one.
    expect(kv.ttls.slice(0, 3)).toEqual([60, 86_400, 60])
  })

  test('P2 the health figures do not say which shard a visitor asked for', async () => {
    await env.RANGES.delete(`ranges:${FIRST()}:4:00`)
    await nameAt(ADDRESSES.acme)
    expect(JSON.stringify(store.health())).not.toContain(':4:')
  })

  test('no pointer: nobody, and found once it is there', async () => {
    await env.RANGES.delete(POINTER)
    expect(await nameAt(ADDRESSES.acme)).toBe('table-missing')
    await put(smallTable())
    clock += RETRY_AFTER_MS
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
  })

  test('a pointer to a version that was deleted: nobody', async () => {
    const values = smallTable()
    for (const key of values.keys()) if (key !== POINTER) values.delete(key)
    await put(values)
    expect(await nameAt(ADDRESSES.acme)).toBe('shard-missing')
  })

  test('a missing pack: nobody', async () => {
    await env.RANGES.delete(`ranges:${FIRST()}:c:00`)
    expect(await nameAt(ADDRESSES.acme)).toBe('pack-missing')
  })

  test.each([
    ['the pointer', POINTER, 'table-unreachable'],
    ['a shard', ':4:', 'shard-unreachable'],
    ['a pack', ':c:', 'pack-unreachable'],
  ])('KV throws on %s: nobody, and found once it does not', async (_, part, why) => {
    kv.before = async (key) => {
      if (key.includes(part)) throw new Error(`echo of ${ADDRESSES.acme}`)
    }
    expect(await nameAt(ADDRESSES.acme)).toBe(why)
    kv.before = async () => {}
    clock += RETRY_AFTER_MS
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
  })

  test('KV never answers: nobody at the deadline, and the next request does not hang on the same read', async () => {
    store = openRangeStore(kv, () => clock, atOnce)
    kv.before = never
    expect(await nameAt(ADDRESSES.acme)).toBe('table-unreachable')
    store = openRangeStore(kv, () => clock, never)
    kv.before = async () => {}
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
  })

  test('a read that died with its request is begun again by a later one', async () => {
    let dead = true
    const waits: (() => void)[] = []
    store = openRangeStore(
      kv,
      () => clock,
      () => new Promise((resolveWait) => waits.push(() => resolveWait(undefined))),
    )
    kv.before = () => (dead ? never() : Promise.resolve())
    const first = nameAt(ADDRESSES.acme)
    waits[0]?.()
    expect(await first).toBe('table-unreachable')
    dead = false
    clock += RETRY_AFTER_MS
    expect(await nameAt(ADDRESSES.acme)).toBe('Acme')
  })

  test.each([
    ['a cold isolate waits for its shards', false, (key: string) => key !== POINTER],
    ['a warm isolate waits for the pointer', true, (key: string) => key === POINTER],
  ])('many addresses at once, of both families, while %s: each gets its own company', async (_, warm, isHeld) => {
    if (warm) await store.prefetch()
    clock += MINUTE
    let release = (): void => {}
    const gate = new Promise<void>((open) => {
      release = open
    })
    kv.before = (key) => (isHeld(key) ? gate : Promise.resolve())
    const asked = [ADDRESSES.acme, ADDRESSES.university, ADDRESSES.acme6, ADDRESSES.small, ADDRESSES.nobody].map(nameAt)
    release()
    expect(await Promise.all(asked)).toEqual(['Acme', 'Beispieluniversitaet', 'Acme', 'Kleinholz', 'unlisted'])
  })
})
