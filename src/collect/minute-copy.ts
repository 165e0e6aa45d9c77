/**
 * The isolate's copy of something in D1 that changes rarely, read at most once a minute with a query that contains
 * nothing of any request (P1). While D1 fails the old copy goes on serving; an event never waits for it twice.
 */
const FRESH_MS = 60_000

export interface MinuteCopy<T> {
  current(now: number): Promise<T>
}

/** @param before what is known before anything was read. */
export function minuteCopy<T>(read: () => Promise<T>, before: T): MinuteCopy<T> {
  let copy = before
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null

  async function refresh(now: number): Promise<void> {
    try {
      copy = await read()
    } catch {
      // The text of the exception would travel into logs; the old copy stays, the next minute tries again.
    }
    readAt = now
    reading = null
  }

  return {
    async current(now) {
      // A clock that jumped back makes the copy old, not fresh for hours.
      if (now - readAt >= FRESH_MS || now < readAt) {
        reading ??= refresh(now)
        await reading
      }
      return copy
    },
  }
}
