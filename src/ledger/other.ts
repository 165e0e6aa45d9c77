import type { SiteId } from '../words.ts'
import type { Days } from './period.ts'

/**
 * What fell into `(other)` in a period: how much, never which. Names do because the site does not list them; paths because
 * the day already had as many as one may have (cardinality.ts). An operator who sees either adds a name or a pattern.
 *
 * Of companies only; anonymous totals show theirs as a value of the dimension, released like any other (P5).
 */
export interface Other {
  /** Deeds of companies on pages past the day's bound. */
  readonly paths: number
  /** Downloads, outbound links, forms and events whose name the site does not list. */
  readonly names: number
}

export async function readOther(db: D1Database, siteId: SiteId, { from, to }: Days): Promise<Other> {
  const row = await db
    .prepare(
      `SELECT coalesce(sum(other_paths), 0) AS paths, coalesce(sum(other_names), 0) AS names
         FROM company_day WHERE site_id = ?1 AND day >= ?2 AND day <= ?3`,
    )
    .bind(siteId, from, to)
    .first<Other>()
  return row ?? { paths: 0, names: 0 }
}
