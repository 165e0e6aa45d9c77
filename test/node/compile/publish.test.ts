import { describe, expect, test } from 'vitest'
import { sha256, versionOf } from '../../../src/compile/description.ts'
import { decodePointer, POINTER_KEY, versionPrefix } from '../../../src/compile/pointer.ts'
import { brokenFiles, PublishRefused, publish, readPointer, rollback } from '../../../src/compile/publish.ts'
import type { CompiledTable } from '../../../src/compile/table.ts'
import { readPointer as readPointerAsWorker } from '../../../src/ranges/pointer.ts'
import { resolve } from '../../../src/ranges/resolve.ts'
import { storeOfKv } from '../../../src/tools/ranges/lookup.ts'
import { tableOf } from './made-table.ts'
import { MemoryKv } from './memory-kv.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const LATER = new Date(NOW.getTime() + 2 * 60 * 60 * 1000)
const PLACE = '203.0.113.7'

/** Three tables that disagree about the same address. */
const A = await tableOf([['203.0.113.0', '203.0.113.255', 1]])
const B = await tableOf([['203.0.113.0', '203.0.113.255', 2]])
const C = await tableOf([['203.0.113.0', '203.0.113.255', 3]])

const version = (table: CompiledTable): string => table.description.version

/** Who serves at PLACE, through the Worker's own code. */
async function served(kv: MemoryKv): Promise<string> {
  const answer = await resolve(PLACE, storeOfKv(kv))
  return answer.found ? answer.company.name : answer.why
}

async function published(...tables: CompiledTable[]): Promise<MemoryKv> {
  const kv = new MemoryKv()
  for (const table of tables) await publish(kv, table, { now: NOW })
  return kv
}

const versionsIn = (kv: MemoryKv): Set<string> =>
  new Set([...kv.values.keys()].flatMap((key) => /^ranges:([0-9a-f]{64}):/.exec(key)?.[1] ?? []))

describe('publish', () => {
  test('writes every value and then the pointer; the version before stays, older ones go', async () => {
    const kv = await published(A, B, C)
    expect(await served(kv)).toBe('C')
    expect(versionsIn(kv)).toEqual(new Set([version(B), version(C)]))
    expect(await readPointer(kv)).toMatchObject({ version: version(C), created: NOW.toISOString(), previous: { version: version(B) } })
  })

  test('the pointer is one that the Worker reads, down to the sources and their links', async () => {
    const kv = await published(A)
    const bytes = kv.values.get(POINTER_KEY)?.value ?? new Uint8Array()
    const pointer = decodePointer(bytes)
    expect(pointer).not.toBeNull()
    const asWorker = readPointerAsWorker(JSON.parse(new TextDecoder().decode(bytes)))
    expect(asWorker).toMatchObject({ version: version(A), packSize: 512, counts: A.description.counts, files: A.description.files })
    expect(asWorker?.sources[0]).toMatchObject({ name: 'rows.csv', licence: 'CC0 1.0', credits: [] })
  })

  test('again: nothing is written', async () => {
    const kv = await published(A)
    const before = structuredClone(kv.values)
    expect(await publish(kv, A, { now: LATER })).toMatchObject({ already: true, written: 0, deleted: 0 })
    expect(kv.values).toEqual(before)
  })

  test('again after a value was damaged: repaired', async () => {
    const kv = await published(A, B)
    kv.values.delete(`${versionPrefix(version(B))}4:00`)
    expect(await publish(kv, B, { now: LATER })).toMatchObject({ already: false, previous: version(A) })
    expect(await served(kv)).toBe('B')
  })

  test('the report of a build lies beside its values, is added where it was missing, and goes with them', async () => {
    const report = new TextEncoder().encode('{"rows":1}')
    const kv = await published(A)
    const key = `${versionPrefix(version(A))}report`
    expect(await publish(kv, A, { now: LATER, report })).toMatchObject({ already: true, written: 0 })
    expect(kv.values.get(key)?.value).toEqual(report)
    expect(await publish(kv, A, { now: LATER, report: new Uint8Array() })).toMatchObject({ already: true })
    expect(kv.values.get(key)?.value).toEqual(report)
    for (const next of [B, C]) await publish(kv, next, { now: LATER, report })
    expect(kv.values.has(key)).toBe(false)
    expect(kv.values.has(`${versionPrefix(version(B))}report`)).toBe(true)
  })

  test('a pointer that is rubbish does not stop it', async () => {
    const kv = new MemoryKv()
    await kv.put([{ key: POINTER_KEY, value: new TextEncoder().encode('{"version":'), written: 0 }])
    await publish(kv, A, { now: NOW })
    expect(await served(kv)).toBe('A')
  })

  test('a value that comes back with other bytes: refused, the old version serves', async () => {
    const kv = await published(A)
    const put = kv.put.bind(kv)
    kv.put = (entries) => put(entries.map((entry) => (entry.key.endsWith('c:00') ? { ...entry, value: entry.value.slice(1) } : entry)))
    await expect(publish(kv, B, { now: NOW })).rejects.toMatchObject({ reason: 'read-back', message: expect.stringContaining('c:00') })
    expect(await served(kv)).toBe('A')
  })
})

describe('publish interrupted at every step', async () => {
  const complete = await published(A, B)
  const before = complete.steps
  await publish(complete, C, { now: NOW })
  const steps = complete.steps - before

  test.each(Array.from({ length: steps }, (_, step) => step))(
    'after %i steps: one whole version serves, and running it again completes',
    async (step) => {
      const kv = await published(A, B)
      kv.stepsLeft = step
      await publish(kv, C, { now: NOW }).catch((error: unknown) => {
        expect(error).toMatchObject({ message: 'connection lost' })
      })
      kv.stepsLeft = Number.POSITIVE_INFINITY
      const pointer = await readPointer(kv)
      expect(pointer === null ? null : await brokenFiles(kv, pointer)).toEqual([])
      expect(await served(kv)).toBe(pointer?.version === version(C) ? 'C' : 'B')

      await publish(kv, C, { now: LATER })
      expect(await served(kv)).toBe('C')
      expect(versionsIn(kv)).toEqual(new Set([version(B), version(C)]))
    },
  )
})

describe('two publishes at once', () => {
  /** Every interleaving of single steps would be millions; these seeds cover early, late and alternating ones. */
  test.each(Array.from({ length: 40 }, (_, seed) => seed))('interleaved by seed %i: one wins whole', async (seed) => {
    const kv = await published(A)
    let state = seed + 1
    kv.before = async () => {
      // A small linear congruential generator decides how long each step is held back.
      state = (state * 48271) % 2147483647
      for (let turn = state % 7; turn > 0; turn--) await Promise.resolve()
    }
    await Promise.all([publish(kv, B, { now: NOW }), publish(kv, C, { now: NOW })])
    kv.before = async () => {}
    const pointer = await readPointer(kv)
    expect(pointer === null ? null : await brokenFiles(kv, pointer)).toEqual([])
    expect(await served(kv)).toBe(pointer?.version === version(B) ? 'B' : 'C')
    if (pointer?.previous) expect(await brokenFiles(kv, pointer.previous)).toEqual([])
  })

  test('one that finishes while the other writes becomes the version before', async () => {
    const kv = await published(A)
    let began = false
    kv.before = async () => {
      // C comes and goes while B is being read back.
      if (began || !kv.values.has(`${versionPrefix(version(B))}c:00`)) return
      began = true
      await publish(kv, C, { now: NOW })
    }
    await publish(kv, B, { now: NOW })
    expect(await readPointer(kv)).toMatchObject({ version: version(B), previous: { version: version(C) } })
    expect(await rollback(kv, { now: NOW })).toMatchObject({ version: version(C) })
  })

  test('an upload under way is not deleted; one that was abandoned is, after an hour', async () => {
    const kv = await published(A)
    kv.stepsLeft = 3
    await publish(kv, B, { now: NOW }).catch(() => {})
    kv.stepsLeft = Number.POSITIVE_INFINITY
    await publish(kv, C, { now: new Date(NOW.getTime() + 60_000) })
    expect(versionsIn(kv)).toContain(version(B))
    await publish(kv, C, { now: LATER })
    expect(versionsIn(kv)).toEqual(new Set([version(A), version(C)]))
  })
})

describe('a table that shrinks', async () => {
  const block = (number: number, asn: number): [string, string, number] => [`10.${number}.0.0`, `10.${number}.0.255`, asn]
  const ten = await tableOf(Array.from({ length: 10 }, (_, index) => block(index, index + 1)))
  const eight = await tableOf(Array.from({ length: 8 }, (_, index) => block(index, index + 1)))
  const seven = await tableOf(Array.from({ length: 7 }, (_, index) => block(index, index + 1)))

  test('by a fifth is published', async () => {
    const kv = await published(ten)
    expect(await publish(kv, eight, { now: NOW })).toMatchObject({ version: version(eight) })
  })

  test('by more than a fifth is refused unless forced', async () => {
    const kv = await published(ten)
    await expect(publish(kv, seven, { now: NOW })).rejects.toThrow(PublishRefused)
    expect(await readPointer(kv)).toMatchObject({ version: version(ten) })
    expect(versionsIn(kv)).toEqual(new Set([version(ten)]))
    expect(await publish(kv, seven, { now: NOW, force: true })).toMatchObject({ version: version(seven) })
  })
})

describe('rollback', () => {
  test('the version before serves again; a second one returns', async () => {
    const kv = await published(A, B)
    expect(await rollback(kv, { now: NOW })).toEqual({ version: version(A), previous: version(B) })
    expect(await served(kv)).toBe('A')
    await rollback(kv, { now: NOW })
    expect(await served(kv)).toBe('B')
  })

  test('publishing after a rollback keeps what served and drops what was rolled back', async () => {
    const kv = await published(A, B)
    await rollback(kv, { now: NOW })
    await publish(kv, C, { now: NOW })
    expect(versionsIn(kv)).toEqual(new Set([version(A), version(C)]))
  })

  test.each([
    ['nothing is published', async () => new MemoryKv(), 'nothing-published'],
    ['the published version is the first', () => published(A), 'no-previous'],
    [
      'the version before is damaged',
      async () => {
        const kv = await published(A, B)
        kv.values.delete(`${versionPrefix(version(A))}4:00`)
        return kv
      },
      'read-back',
    ],
  ])('refused when %s', async (_, make, reason) => {
    const kv = await make()
    const before = kv.values.get(POINTER_KEY)
    await expect(rollback(kv, { now: NOW })).rejects.toMatchObject({ reason })
    expect(kv.values.get(POINTER_KEY)).toEqual(before)
  })
})

describe('verify', () => {
  test('names what is missing, changed, or described wrongly', async () => {
    const kv = await published(A)
    const prefix = versionPrefix(version(A))
    kv.values.delete(`${prefix}4:00`)
    await kv.put([{ key: `${prefix}c:00`, value: new Uint8Array(3), written: 0 }])
    const changed = { ...A.description, packSize: 1024 }
    expect(await brokenFiles(kv, changed)).toEqual([
      { name: 'version', problem: 'version' },
      { name: '4:00', problem: 'missing' },
      { name: 'c:00', problem: 'other-bytes' },
    ])
  })

  test('P10 the version is the hash of the description, and the description holds the hash of every file', () => {
    expect(versionOf(A.description)).toBe(version(A))
    for (const [name, bytes] of A.files) expect(A.description.files[name]).toBe(sha256(bytes))
  })
})
