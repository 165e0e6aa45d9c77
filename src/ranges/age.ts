/**
 * How old the range table's data are. A network changes hands while a source stands still, so a table that nobody builds
 * anew names the wrong company more often every month.
 */
import type { TableSource } from './pointer.ts'

/** Days after which the dashboard and `doctor` warn, and after which they warn louder. */
export const OLD_DAYS = 90
export const VERY_OLD_DAYS = 180

export interface TableAge {
  /** Date of the oldest source, `YYYY-MM-DD`. */
  readonly oldest: string
  readonly days: number
  readonly state: 'fresh' | 'old' | 'very-old'
}

/** Null for a table without sources. @param now milliseconds since 1970. */
export function ageOf(sources: readonly TableSource[], now: number): TableAge | null {
  const oldest = sources.map(({ date }) => date).sort()[0]
  if (oldest === undefined) return null
  const days = Math.max(0, Math.floor((now - Date.parse(oldest)) / 86_400_000))
  return { oldest, days, state: days >= VERY_OLD_DAYS ? 'very-old' : days >= OLD_DAYS ? 'old' : 'fresh' }
}
