import { env } from 'cloudflare:workers'
import type { KvReader } from '../../../src/ranges/store.ts'

/** KV values of one or two versions of the small table, ready to be damaged by a test. */
export type Values = Map<string, Uint8Array<ArrayBuffer>>

export const POINTER = 'ranges:current'
export const FIRST = () => pointerOf(smallTable()).version
export const SECOND = 'b'.repeat(64)

interface PointerJson {
  version: string
  files: Record<string, string>
  previous: unknown
}

export function smallTable(): Values {
  return new Map(Object.entries(env.TEST_TABLE).map(([key, value]) => [key, Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0))]))
}

/** The small table and a second version published after it, in which Acme is called Acme Two. */
export async function twoVersions(): Promise<Values> {
  const values = smallTable()
  const first = pointerOf(values)
  const files: Record<string, string> = {}
  for (const name of Object.keys(first.files)) {
    const bytes = values.get(`ranges:${first.version}:${name}`) ?? new Uint8Array()
    const copy = name.startsWith('c:') ? encode(decode(bytes).replace('"Acme"', '"Acme Two"')) : bytes
    files[name] = await sha256(copy)
    values.set(`ranges:${SECOND}:${name}`, copy)
  }
  values.set(POINTER, encode(JSON.stringify({ ...first, version: SECOND, files, previous: first })))
  return values
}

export const pointerOf = (values: Values): PointerJson => JSON.parse(decode(values.get(POINTER) ?? new Uint8Array())) as PointerJson

export async function put(values: Values, kv: KVNamespace = env.RANGES): Promise<void> {
  for (const { name } of (await kv.list()).keys) await kv.delete(name)
  for (const [key, value] of values) await kv.put(key, value)
}

/** Real KV that counts what is read of it, and fails where a test says so. */
export interface CountingKv extends KvReader {
  readonly reads: string[]
  readonly ttls: number[]
  /** Awaited before every read; may throw. */
  before: (key: string) => Promise<void>
}

export function countingKv(kv: KVNamespace = env.RANGES): CountingKv {
  const counting: CountingKv = {
    reads: [],
    ttls: [],
    before: async () => {},
    async get(key, options) {
      counting.reads.push(key)
      counting.ttls.push(options.cacheTtl)
      await counting.before(key)
      return kv.get(key, options)
    },
  }
  return counting
}

export const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
export const encode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text))

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
