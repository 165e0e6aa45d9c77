import { LATE, SharedReads, type Wait, waitOnTheClock } from '../ranges/shared-reads.ts'

/**
 * The isolate's copy of something in D1 that changes rarely, read about once a minute with a query that contains
 * nothing of any request (P1). While D1 fails the old copy goes on serving.
 *
 * The surprise of the platform: a query belongs to the request that began it. When that visitor hangs up its promise
 * never settles, and whoever waited for it would be lost with it. So once there is a copy no request waits for another's
 * query: the one that finds it old reads anew for itself, the others meanwhile take the old one. Before there is any
 * copy they share one query, and whoever waited in vain asks for itself.
 */
const FRESH_MS = 60_000
/** After a failure without any copy, so that a database in trouble is not asked by every event. */
const RETRY_MS = 1_000

export interface MinuteCopy<T> {
  current(now: number): Promise<T>
}

/** @param before what is known before anything was read. */
export function minuteCopy<T>(read: () => Promise<T>, before: T, wait: Wait = waitOnTheClock): MinuteCopy<T> {
  const shared = new SharedReads<T>(wait)
  let copy = before
  let known = false
  let nextAt = Number.NEGATIVE_INFINITY
  let lastAt = Number.NEGATIVE_INFINITY

  return {
    async current(now) {
      // A clock that jumped back makes the copy old, not fresh for hours.
      if (now < nextAt && now >= lastAt) return copy
      if (known) postpone(now, FRESH_MS)
      try {
        const answer = known ? LATE : await shared.read('copy', read)
        copy = answer === LATE ? await read() : answer
        known = true
        postpone(now, FRESH_MS)
      } catch {
        // The text of the exception would travel into logs; what was known stays.
        postpone(now, known ? FRESH_MS : RETRY_MS)
      }
      return copy
    },
  }

  function postpone(now: number, ms: number): void {
    lastAt = now
    nextAt = now + ms
  }
}
