/** All that a KV namespace holds, read inside the runtime: from outside, each read would be a round trip. */
export interface KvDumpEntry {
  readonly name: string
  readonly metadata: unknown
  /** Base64. */
  readonly value: string
}

const AT_ONCE = 64

export async function dumpNamespace(namespace: KVNamespace): Promise<KvDumpEntry[]> {
  const entries: KvDumpEntry[] = []
  let cursor: string | null = null
  do {
    const page: KVNamespaceListResult<unknown> = await namespace.list({ cursor })
    for (let from = 0; from < page.keys.length; from += AT_ONCE) {
      entries.push(...(await Promise.all(page.keys.slice(from, from + AT_ONCE).map((key) => read(namespace, key)))))
    }
    cursor = page.list_complete ? null : page.cursor
  } while (cursor !== null)
  return entries
}

async function read(namespace: KVNamespace, { name, metadata }: KVNamespaceListKey<unknown>): Promise<KvDumpEntry> {
  const bytes = new Uint8Array((await namespace.get(name, 'arrayBuffer')) ?? new ArrayBuffer(0))
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return { name, metadata: metadata ?? null, value: btoa(text) }
}
