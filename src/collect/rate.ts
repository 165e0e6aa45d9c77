/**
 * Whether a key is over its rate: a site, a host; never anything of a visitor, because a limiter writes its keys down.
 *
 * The platform's limiter is asked at most once for {@link SHARE} events of a key or once a second, whichever comes first,
 * and told how many came since: a flood must not cost a call out of the isolate for each event of it. Until it is asked
 * again its last word holds. Accepted: each isolate may let that many more through than the limit says.
 */
const SHARE = 100
const HOLDS_MS = 1_000

/** What is used of a rate limit binding. */
export interface Limiter {
  limit(options: { key: string; delta: number }): Promise<{ readonly success: boolean }>
}

interface Count {
  open: boolean
  /** Events since the limiter was asked. */
  since: number
  askedAt: number
}

export function rateOf(limiter: () => Limiter, now: () => number): (key: string) => Promise<boolean> {
  const counts = new Map<string, Count>()
  return async (key) => {
    const count = counts.get(key) ?? { open: true, since: 0, askedAt: Number.NEGATIVE_INFINITY }
    counts.set(key, count)
    count.since += 1
    const time = now()
    if (count.since < SHARE && time >= count.askedAt && time < count.askedAt + HOLDS_MS) return count.open
    const delta = count.since
    // Noted before it is asked: events that come meanwhile go by the last word and wait for nothing.
    count.since = 0
    count.askedAt = time
    try {
      count.open = (await limiter().limit({ key, delta })).success
    } catch {
      // A limiter that fails must not lose what it should only have slowed down.
      count.open = true
    }
    return count.open
  }
}
