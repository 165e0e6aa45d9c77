/**
 * What went wrong when counters were written or sent, as a closed set. The text of the exception ends here: on this
 * platform it echoes input.
 *
 * https://developers.cloudflare.com/d1/observability/debug-d1/ lists the messages.
 */
export type FaultKind =
  /** The database will say the same to the same rows: a constraint, a type, too large. Nothing was written. */
  | 'refused'
  /** A migration has not run yet; nothing was written, and after it everything will be. */
  | 'missing'
  /** Overloaded or locked: nothing was written, later it may be. */
  | 'busy'
  /** The answer was lost, or the error is unknown: it may have been written or not. */
  | 'lost'

export class LedgerFault extends Error {
  readonly kind: FaultKind
  /** Whether trying again can't count twice: there is an id, or it is certain that nothing was written. */
  readonly again: boolean

  constructor(kind: FaultKind, again: boolean) {
    super(`ledger: ${kind}`)
    this.name = 'LedgerFault'
    this.kind = kind
    this.again = again
  }
}

const REFUSED = /constraint failed|datatype mismatch|cannot store|toobig|too big|malformed JSON/i
const MISSING = /no such (table|column)|has no column named/i
const BUSY = /overloaded|queued for too long|too many requests|database (table )?is locked|SQLITE_BUSY/i

export function kindOf(error: unknown): FaultKind {
  const text = error instanceof Error ? error.message : ''
  if (REFUSED.test(text)) return 'refused'
  if (MISSING.test(text)) return 'missing'
  return BUSY.test(text) ? 'busy' : 'lost'
}

/** The id of one of the batches is already there. */
export const isKnownBatch = (error: unknown): boolean => error instanceof Error && /UNIQUE constraint failed: batches\./.test(error.message)

/** The migration that brings the ids has not run yet. */
export const lacksBatches = (error: unknown): boolean => error instanceof Error && /no such table: batches/.test(error.message)

/** The migration that gives company_day its later columns has not run yet. */
export const lacksDayColumns = (error: unknown): boolean =>
  error instanceof Error && /(no such column|has no column named):? (\w+\.)?(row_count|other_paths|other_names)\b/.test(error.message)

/** Nor the one that names a day's paths. */
export const lacksDayPaths = (error: unknown): boolean =>
  error instanceof Error && /(no such column|has no column named):? (\w+\.)?paths\b/.test(error.message)
