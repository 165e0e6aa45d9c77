/** What a benchmark measures, and how: one figure has a name that stays, a value and a unit. */

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit:
    | 'x'
    | 'ns'
    | 'ms'
    | 'bytes'
    | 'bits'
    | 'rows'
    | 'rows/event'
    | 'rows/s'
    | 'lookups/s'
    | 'events/s'
    | 'events'
    | 'µs'
    | 'views/day'
    | 'calls'
}

const ROUNDS = 7

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

/**
 * How long each contender works in a round, at least. As long as the others: a contender that is done sooner would else be
 * charged, look-up for look-up, with more of what the one before it left in the processor's caches.
 */
const ROUND_MS = 300

/** How many calls fill a round, when one takes so long. @param ms of one call */
export const callsOfRound = (ms: number): number => Math.max(1, Math.ceil(ROUND_MS / ms))

/**
 * Times contenders in interleaved rounds, so that whatever else the machine does falls on all of them alike.
 * @param contenders each does its whole work once a call and answers a number, which keeps the work from being left out
 * @returns median nanoseconds of one call of each
 */
export function race<Name extends string>(contenders: Readonly<Record<Name, () => number>>): Record<Name, number> {
  const names = Object.keys(contenders) as Name[]
  const times = new Map<Name, number[]>(names.map((name) => [name, []]))
  let sum = 0
  /** @returns milliseconds of one call */
  const time = (name: Name, calls: number): number => {
    const begin = performance.now()
    for (let call = 0; call < calls; call++) sum += contenders[name]()
    return (performance.now() - begin) / calls
  }
  for (const name of names) time(name, 1)
  const calls = new Map(names.map((name) => [name, callsOfRound(time(name, 1))]))
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) times.get(name)?.push(time(name, calls.get(name) ?? 1) * 1e6)
  }
  if (Number.isNaN(sum)) throw new Error('a contender answered no number')
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>
}

/** Numbers that look random and are the same in every run: 32 bits each. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
}
