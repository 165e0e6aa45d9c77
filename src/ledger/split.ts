import type { Batch, Counts } from './batch.ts'

/**
 * A batch in parts of at most so many bytes. Parts have ids of their own, made from the batch's, so that each is
 * written once; a company's row and its days go with every part that counts for it. Nearly always there is one part.
 *
 * Seconds of visits (`leaves`) stand in the last parts: the views they belong to are written first.
 */
export function splitBatch(batch: Batch, bytes: number): readonly Batch[] {
  if (sizeOf(batch) <= bytes) return [batch]
  const { activity, leaves, totals } = batch
  if (activity.length + leaves.length + totals.length < 2) return [batch]
  const halves = [
    withCompanies(batch, { activity: half(activity, 0), leaves: half(leaves, 0, activity.length === 0), totals: half(totals, 0) }),
    withCompanies(batch, { activity: half(activity, 1), leaves: half(leaves, 1, activity.length === 0), totals: half(totals, 1) }),
  ]
  return halves.flatMap((part, index) => splitBatch({ ...part, id: `${batch.id}.${index}` }, bytes))
}

/** Bytes of JSON, at most: a character is at most three bytes, and nearly always one. */
export function sizeOf(counts: Counts): number {
  return new TextEncoder().encode(JSON.stringify(counts)).length
}

/** The first or the second half; where it may not be divided, all of it is the second. */
function half<Row>(rows: readonly Row[], which: 0 | 1, divided = true): readonly Row[] {
  const middle = divided ? Math.ceil(rows.length / 2) : 0
  return which === 0 ? rows.slice(0, middle) : rows.slice(middle)
}

function withCompanies(batch: Batch, rows: Pick<Counts, 'activity' | 'leaves' | 'totals'>): Batch {
  const keys = new Set([...rows.activity, ...rows.leaves].map(([site, company]) => `${site} ${company}`))
  const has = ([site, company]: readonly [string, string, ...unknown[]]) => keys.has(`${site} ${company}`)
  return { ...batch, ...rows, companies: batch.companies.filter(has), days: batch.days.filter(has) }
}
