/**
 * Reads the range table from KV and keeps what an isolate needs of it: the pointer, and shards and company packs
 * under a memory cap. Nothing is used before its hash and its layout are verified; a value that is missing, broken
 * or late is an answer ("nobody knows"), never an exception, and is tried again after a while without a restart.
 *
 * Accepted: KV is eventually consistent, so a new version is seen up to two minutes late (KV caches the pointer for
 * a minute, the isolate for another), and a shard of it can arrive after its pointer. `resolve` then asks the version before.
 *
 * P2: the health figures say how many values are at fault, never which: a shard's number would say something about
 * the visitor who asked for it.
 */
import type { CompanyRecord } from '../words.ts'
import type { Family } from './address.ts'
import { type CompanyPack, openPack, parseJson } from './company-pack.ts'
import { FaultBook, type ValueFault } from './faults.ts'
import { POINTER_KEY, packName, readPointer, shardName, type TablePointer, type TableVersion, valueKey } from './pointer.ts'
import { openShard, type Shard } from './shard.ts'
import { LATE, SharedReads, type Wait, waitOnTheClock } from './shared-reads.ts'
import { Shelf } from './shelf.ts'

/** The one thing the store asks of KV; a `KVNamespace` has it. */
export interface KvReader {
  get(key: string, options: { type: 'arrayBuffer'; cacheTtl: number }): Promise<ArrayBuffer | null>
}

/** KV's own cache: the shortest it allows, for what changes … */
const CHANGING_TTL_S = 60
/** … and a day for what never does. KV remembers for as long that a key was missing, so a second try asks with the short one. */
const IMMUTABLE_TTL_S = 86_400
/** How long the isolate trusts its pointer: a publish takes effect within two minutes of both together. */
const POINTER_AGE_MS = 60_000
/** Of an isolate's 128 MB. */
const SHELF_BYTES = 32 * 1024 * 1024
/** A parsed JSON value weighs about three times its text. */
const PARSED_WEIGHT = 3

export interface RangeHealth {
  /** Version that serves here, null while none does. */
  readonly version: string | null
  /** When the pointer was moved to it, ISO 8601. */
  readonly since: string | null
  readonly heldValues: number
  readonly heldBytes: number
  /** Reads of KV so far. */
  readonly reads: number
  /** Values at fault now, by fault; a value that is asked for a thousand times counts once. */
  readonly faults: Readonly<Record<ValueFault, number>>
  /** Values that were at fault and are right again. */
  readonly recovered: number
}

export interface RangeStore {
  /** The versions that may answer, best first: the current one and the one before. Or why there is none. */
  versions(): Promise<readonly TableVersion[] | ValueFault>
  /** A shard that is in memory already. */
  heldShard(table: TableVersion, family: Family, index: number): Shard | undefined
  shard(table: TableVersion, family: Family, index: number): Promise<Shard | ValueFault>
  company(table: TableVersion, id: number): Promise<CompanyRecord | ValueFault>
  /** The current pointer, for pages that show version, sources and counts. */
  pointer(): Promise<TablePointer | null>
  /** Reads every shard and pack of the current version that fits into memory; lookups then read nothing. */
  prefetch(): Promise<void>
  health(): RangeHealth
}

type Value = Shard | CompanyPack | TablePointer

/** `now` in milliseconds; `wait` bounds how long a lookup waits for KV. */
export function openRangeStore(kv: KvReader, now: () => number, wait: Wait = waitOnTheClock): RangeStore {
  const shelf = new Shelf<Shard | CompanyPack>(SHELF_BYTES)
  const shared = new SharedReads<Value | ValueFault>(wait)
  const faults = new FaultBook(now)
  let serving: TablePointer | null = null
  let checkedAt = Number.NEGATIVE_INFINITY
  let reads = 0

  /** Reads, verifies and books one value. `open` answers null for bytes that are not what they should be. */
  async function read<T extends Value>(key: string, ttl: number, open: (bytes: ArrayBuffer) => Promise<T | null>): Promise<T | ValueFault> {
    const known = faults.recent(key)
    if (known !== null) return known
    const secondTry = faults.has(key)
    try {
      const answer = await shared.read(key, async () => {
        reads++
        const bytes = await kv.get(key, { type: 'arrayBuffer', cacheTtl: secondTry ? CHANGING_TTL_S : ttl })
        return bytes === null ? 'missing' : ((await open(bytes)) ?? 'broken')
      })
      if (answer === LATE) return faults.book(key, 'unreachable')
      if (typeof answer === 'string') return faults.book(key, answer)
      faults.clear(key)
      return answer as T
    } catch {
      // What KV throws is thrown away: its text is not ours to log.
      return faults.book(key, 'unreachable')
    }
  }

  async function refresh(): Promise<ValueFault | null> {
    if (now() - checkedAt < POINTER_AGE_MS) return null
    const answer = await read(POINTER_KEY, CHANGING_TTL_S, async (bytes) => readPointer(parseJson(bytes)))
    if (typeof answer === 'string') return answer
    serving = answer
    checkedAt = now()
    const prefixes = [answer, answer.previous].map((table) => (table === null ? POINTER_KEY : valueKey(table.version, '')))
    faults.forget((key) => !prefixes.some((prefix) => key.startsWith(prefix)))
    return null
  }

  async function shard(table: TableVersion, family: Family, index: number): Promise<Shard | ValueFault> {
    const name = shardName(family, index)
    const key = valueKey(table.version, name)
    const held = shelf.get(key)
    if (held !== undefined) return held as Shard
    return read(key, IMMUTABLE_TTL_S, async (bytes) => {
      if (!(await isFile(table, name, bytes))) return null
      const opened = openShard(bytes, family, table.cuts[family][index] ?? -1)
      if (typeof opened === 'string' || opened.highestId > table.counts.companies) return null
      shelf.put(key, opened, bytes.byteLength)
      return opened
    })
  }

  async function pack(table: TableVersion, id: number): Promise<CompanyPack | ValueFault> {
    const name = packName(table.packSize, id)
    const key = valueKey(table.version, name)
    const held = shelf.get(key)
    if (held !== undefined) return held as CompanyPack
    return read(key, IMMUTABLE_TTL_S, async (bytes) => {
      if (!(await isFile(table, name, bytes))) return null
      const opened = openPack(bytes)
      if (opened !== null) shelf.put(key, opened, bytes.byteLength * PARSED_WEIGHT)
      return opened
    })
  }

  return {
    async versions() {
      const fault = await refresh()
      if (serving === null) return fault ?? 'missing'
      return serving.previous === null ? [serving] : [serving, serving.previous]
    },
    heldShard: (table, family, index) => shelf.get(valueKey(table.version, shardName(family, index))) as Shard | undefined,
    shard,
    async company(table, id) {
      const opened = await pack(table, id)
      return typeof opened === 'string' ? opened : (opened.company(id, table.version) ?? 'broken')
    },
    async pointer() {
      await refresh()
      return serving
    },
    async prefetch() {
      await refresh()
      if (serving === null) return
      const table = serving
      for (const family of [4, 6] as const) {
        for (const index of table.cuts[family].keys()) if (shelf.bytes < SHELF_BYTES) await shard(table, family, index)
      }
      for (let id = 1; id <= table.counts.companies && shelf.bytes < SHELF_BYTES; id += table.packSize) await pack(table, id)
    },
    health: () => ({
      version: serving?.version ?? null,
      since: serving?.created ?? null,
      heldValues: shelf.values,
      heldBytes: shelf.bytes,
      reads,
      faults: faults.counts(),
      recovered: faults.recovered,
    }),
  }
}

/** Whether these are the bytes that the pointer promises under this name; a CRC alone would let another version's shard pass. */
async function isFile(table: TableVersion, name: string, bytes: ArrayBuffer): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return table.files[name] === Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
