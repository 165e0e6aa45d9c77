/**
 * What publishing needs of a key-value store: the shape of Workers KV, in batches, because the remote one is
 * reached through a command line and a process per key would take minutes.
 */
export interface KvPort {
  get(key: string): Promise<Uint8Array | null>
  put(entries: readonly KvEntry[]): Promise<void>
  delete(keys: readonly string[]): Promise<void>
  list(prefix: string): Promise<readonly KvName[]>
}

export interface KvEntry {
  readonly key: string
  readonly value: Uint8Array<ArrayBuffer>
  /** Milliseconds since 1970; kept as metadata, so that a later publish can tell an abandoned upload from one under way. */
  readonly written: number
}

export interface KvName {
  readonly key: string
  /** Null for a key that something else wrote. */
  readonly written: number | null
}
