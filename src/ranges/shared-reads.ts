/**
 * Lets requests that want the same KV value at the same time share one read, and none of them wait for ever.
 *
 * The surprise of the platform: a read belongs to the request that began it. When that request is cancelled its
 * promise never settles: whoever waits for it hangs, or is told so at once by an error. So every waiter has its own
 * deadline; a read that missed one or failed is forgotten, and who only waited for another's read that failed begins
 * its own.
 */

/** How long one event waits for KV. A cold read takes tens of milliseconds; after the reply 30 s are left in all. */
export const PATIENCE_MS = 4000

/** Resolves after `ms`, or never once `signal` is aborted. An argument, so that tests do not sleep. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>

export const waitOnTheClock: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => clearTimeout(timer))
  })

export const LATE = Symbol('late')

export class SharedReads<T> {
  readonly #wait: Wait
  readonly #underWay = new Map<string, Promise<T>>()

  constructor(wait: Wait) {
    this.#wait = wait
  }

  /** What `start` gives, or `LATE`. Rejects when the read does. */
  async read(key: string, start: () => Promise<T>): Promise<T | typeof LATE> {
    const others = this.#underWay.get(key)
    if (others === undefined) return this.#await(key, this.#begin(key, start))
    try {
      return await this.#await(key, others)
    } catch {
      return this.#await(key, this.#begin(key, start))
    }
  }

  async #await(key: string, reading: Promise<T>): Promise<T | typeof LATE> {
    const deadline = new AbortController()
    try {
      const answer = await Promise.race([reading, this.#wait(PATIENCE_MS, deadline.signal).then((): typeof LATE => LATE)])
      if (answer === LATE) this.#forget(key, reading)
      return answer
    } catch (error) {
      this.#forget(key, reading)
      throw error
    } finally {
      deadline.abort()
    }
  }

  #begin(key: string, start: () => Promise<T>): Promise<T> {
    const reading = start().finally(() => this.#forget(key, reading))
    this.#underWay.set(key, reading)
    return reading
  }

  #forget(key: string, reading: Promise<T>): void {
    if (this.#underWay.get(key) === reading) this.#underWay.delete(key)
  }
}
