/**
 * What an isolate keeps of a range table, under a memory cap: the value that nobody used for the longest time goes first.
 *
 * An isolate has 128 MB for everything, and one may serve a table of hundreds of megabytes; a shard that was put
 * away is read again from KV, which costs a read and no correctness.
 */
interface Held<T> {
  readonly value: T
  readonly bytes: number
  usedAt: number
}

export class Shelf<T> {
  readonly #capacity: number
  readonly #held = new Map<string, Held<T>>()
  #bytes = 0
  /** A counter instead of a clock: only the order of uses matters. */
  #uses = 0

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  get values(): number {
    return this.#held.size
  }

  get(key: string): T | undefined {
    const held = this.#held.get(key)
    if (held === undefined) return undefined
    held.usedAt = ++this.#uses
    return held.value
  }

  /** Puts a value in and others out until the cap holds. A value larger than the cap is kept alone. */
  put(key: string, value: T, bytes: number): void {
    this.#remove(key)
    while (this.#held.size > 0 && this.#bytes + bytes > this.#capacity) this.#remove(this.#leastUsed())
    this.#held.set(key, { value, bytes, usedAt: ++this.#uses })
    this.#bytes += bytes
  }

  #leastUsed(): string {
    let oldest = Number.POSITIVE_INFINITY
    let key = ''
    for (const [candidate, { usedAt }] of this.#held) {
      if (usedAt < oldest) {
        oldest = usedAt
        key = candidate
      }
    }
    return key
  }

  #remove(key: string): void {
    const held = this.#held.get(key)
    if (held === undefined) return
    this.#bytes -= held.bytes
    this.#held.delete(key)
  }
}
