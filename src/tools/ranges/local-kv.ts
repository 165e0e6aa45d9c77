/**
 * A KV namespace of this machine as the port that publishing needs.
 */
import type { KvName, KvPort } from '../../compile/kv-port.ts'

/** What is used of a KV namespace, whichever library typed it. */
export type LocalNamespace = Pick<KVNamespace, 'get' | 'put' | 'delete' | 'list'>

/** Enough at once to keep the pipe full, few enough to keep memory small with shards of hundreds of kilobytes. */
const AT_ONCE = 8

export function localKv(namespace: LocalNamespace): KvPort {
  return {
    async get(key) {
      const bytes = await namespace.get(key, 'arrayBuffer')
      return bytes === null ? null : new Uint8Array(bytes)
    },
    put: (entries) => inGroups(entries, ({ key, value, written }) => namespace.put(key, value, { metadata: { written } })),
    delete: (keys) => inGroups(keys, (key) => namespace.delete(key)),
    async list(prefix) {
      const names: KvName[] = []
      let cursor: string | null = null
      do {
        const page: KVNamespaceListResult<unknown> = await namespace.list({ prefix, cursor })
        for (const { name, metadata } of page.keys) names.push({ key: name, written: writtenOf(metadata) })
        cursor = page.list_complete ? null : page.cursor
      } while (cursor !== null)
      return names
    },
  }
}

/** When the key was written, from the metadata that publishing puts beside it. */
export function writtenOf(metadata: unknown): number | null {
  if (typeof metadata !== 'object' || metadata === null || !('written' in metadata)) return null
  return typeof metadata.written === 'number' ? metadata.written : null
}

async function inGroups<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) await Promise.all(items.slice(from, from + AT_ONCE).map(work))
}
