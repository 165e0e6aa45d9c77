/**
 * Remembers which values of the range table could not be used, so that each counts once in the health figures,
 * is not asked for again with every visitor, and is asked for again after a while.
 */

/** Not there; there but not what the pointer promises; KV threw or took too long. */
export type ValueFault = 'missing' | 'broken' | 'unreachable'

/** Long enough not to cost a KV read per visitor, short enough that a slow publish is over soon. */
export const RETRY_AFTER_MS = 10_000

export class FaultBook {
  readonly #now: () => number
  readonly #faults = new Map<string, { fault: ValueFault; retryAt: number }>()
  recovered = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** The fault of a value that is not to be asked for again yet, else null. */
  recent(key: string): ValueFault | null {
    const booked = this.#faults.get(key)
    return booked !== undefined && this.#now() < booked.retryAt ? booked.fault : null
  }

  has(key: string): boolean {
    return this.#faults.has(key)
  }

  book(key: string, fault: ValueFault): ValueFault {
    this.#faults.set(key, { fault, retryAt: this.#now() + RETRY_AFTER_MS })
    return fault
  }

  clear(key: string): void {
    if (this.#faults.delete(key)) this.recovered++
  }

  /** Forgets the values that nobody will ask for again: those of versions that serve no longer. */
  forget(isGone: (key: string) => boolean): void {
    for (const key of this.#faults.keys()) if (isGone(key)) this.#faults.delete(key)
  }

  counts(): Record<ValueFault, number> {
    const counts = { missing: 0, broken: 0, unreachable: 0 }
    for (const { fault } of this.#faults.values()) counts[fault]++
    return counts
  }
}
