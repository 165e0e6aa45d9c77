import type { KvEntry, KvName, KvPort } from '../../../src/compile/kv-port.ts'

/** A key-value store in memory that can lose its connection at any single step, in the middle of a batch too. */
export class MemoryKv implements KvPort {
  readonly values = new Map<string, { value: Uint8Array<ArrayBuffer>; written: number }>()
  /** Steps until the connection is lost; a step is one value read, written or deleted, or one listing. */
  stepsLeft = Number.POSITIVE_INFINITY
  steps = 0
  /** Awaited before every step, so that two publishes can be interleaved. */
  before: () => Promise<void> = async () => {}

  async get(key: string): Promise<Uint8Array | null> {
    await this.#step()
    return this.values.get(key)?.value.slice() ?? null
  }

  async put(entries: readonly KvEntry[]): Promise<void> {
    for (const { key, value, written } of entries) {
      await this.#step()
      this.values.set(key, { value: value.slice(), written })
    }
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#step()
      this.values.delete(key)
    }
  }

  async list(prefix: string): Promise<KvName[]> {
    await this.#step()
    return [...this.values].filter(([key]) => key.startsWith(prefix)).map(([key, { written }]) => ({ key, written }))
  }

  async #step(): Promise<void> {
    await this.before()
    if (this.stepsLeft-- <= 0) throw new Error('connection lost')
    this.steps++
  }
}
