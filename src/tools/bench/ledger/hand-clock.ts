/** A clock that is moved by hand: hours of traffic pass in seconds, and nothing ever sleeps. */
export interface HandClock {
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  /** Moves on; who waited is woken in order, and each may finish before the next is. */
  to(time: number): Promise<void>
}

/** @param quiet ends when nothing is under way (queries, messages) */
export function handClock(start: number, quiet: () => Promise<void>): HandClock {
  let time = start
  const sleepers: { readonly due: number; readonly wake: () => void }[] = []
  return {
    now: () => time,
    wait: (ms) =>
      new Promise((wake) => {
        sleepers.push({ due: time + ms, wake })
        sleepers.sort((a, b) => a.due - b.due)
      }),
    async to(target) {
      for (let next = sleepers[0]; next !== undefined && next.due <= target; next = sleepers[0]) {
        sleepers.shift()
        time = Math.max(time, next.due)
        next.wake()
        await quiet()
      }
      time = target
    },
  }
}

/** Counts what is under way. */
export class Underway {
  #count = 0

  async of<T>(work: Promise<T>): Promise<T> {
    this.#count += 1
    try {
      return await work
    } finally {
      this.#count -= 1
    }
  }

  /** Ends when nothing is under way and what that set off has had its turn. */
  readonly quiet = async (): Promise<void> => {
    for (let calm = 0; calm < TURNS; calm += 1) {
      await Promise.resolve()
      if (this.#count > 0) {
        calm = 0
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
    }
  }
}

/** Between a query's end and the next one lie a few awaits. */
const TURNS = 40
