import { SCORE_PARTS, type ScorePart, type Weights } from './settings.ts'

/**
 * How interested a company seems, 0 to 100. Of companies only: no person is ever scored (P3).
 *
 * Six counts of the period each bring a part: `weight × min(count, full) / full`, rounded down, so a count at or above
 * its `full` brings the whole weight. The weights are the site's (together 100). `company-list.ts` computes the same in
 * SQL; a property test holds the two equal.
 */
export interface Counts {
  readonly views: number
  /** Distinct pages, added up over the days. */
  readonly pages: number
  /** Views of the site's hot pages. */
  readonly hot: number
  readonly seconds: number
  readonly visits: number
  /** Days between the company's last day and the period's last. */
  readonly idleDays: number
}

/** The count from which a part is whole. SQL repeats these figures. */
export const FULL = { views: 20, pages: 10, hot: 3, seconds: 600, recency: 30, visits: 5 } as const satisfies Record<ScorePart, number>

export interface Score {
  readonly score: number
  readonly parts: Readonly<Record<ScorePart, number>>
}

export function scoreOf(counts: Counts, weights: Weights): Score {
  const { idleDays, ...rest } = counts
  const measured = { ...rest, recency: Math.max(0, FULL.recency - idleDays) }
  const part = (name: ScorePart): number => Math.floor((weights[name] * Math.min(measured[name], FULL[name])) / FULL[name])
  const parts = {
    views: part('views'),
    pages: part('pages'),
    hot: part('hot'),
    seconds: part('seconds'),
    recency: part('recency'),
    visits: part('visits'),
  }
  return { score: SCORE_PARTS.reduce((sum, name) => sum + parts[name], 0), parts }
}
