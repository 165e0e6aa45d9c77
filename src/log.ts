/**
 * The Worker's only words to a log: an event from a closed set and numbers, so that no line can carry an address, a path
 * or the text of an exception (P2). Nothing of it is written because of a visitor's objection (P1): the hourly work and
 * counters that could not be written speak, requests don't. A test holds that no other module prints anything.
 *
 * Where the lines go is the operator's choice: nowhere as wrangler.toml is shipped (docs/deploy.md says how to see them).
 */
interface Events {
  /** The hourly work ended: how many chores there were and how many failed. */
  readonly hourly: { readonly chores: number; readonly failed: number }
  /** The purge deleted so many rows (P7). */
  readonly purged: { readonly rows: number }
  /** Counters could not be written: how often in a row by now, and how many rows wait. One event a kind of fault. */
  readonly 'flush-refused': Flush
  readonly 'flush-missing': Flush
  readonly 'flush-busy': Flush
  readonly 'flush-lost': Flush
}

interface Flush {
  readonly failures: number
  readonly rows: number
}

export const LOG_EVENTS = [
  'hourly',
  'purged',
  'flush-refused',
  'flush-missing',
  'flush-busy',
  'flush-lost',
] as const satisfies readonly (keyof Events)[]

export function log<E extends keyof Events>(event: E, figures: Events[E]): void {
  console.log(JSON.stringify({ event, ...figures }))
}
