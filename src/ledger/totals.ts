import * as z from 'zod/mini'
import type { SiteId } from '../words.ts'
import { DIMENSIONS, type Dimension } from './activity.ts'
import { type Cell, type DimensionReport, releaseBucket, soFar, sumBuckets } from './disclosure.ts'
import { addDays, type Days } from './period.ts'
import type { Bucket, Release } from './settings.ts'

/** Anonymous totals as they may be shown: whole buckets that are over, and the running one coarsely. See disclosure.ts. */
export interface TotalsReport {
  readonly bucket: Bucket
  readonly k: number
  /** The whole buckets within the period asked for that are over; null when there is none. */
  readonly released: Days | null
  readonly dimensions: Readonly<Record<Dimension, DimensionReport>>
  /** The bucket of today, when the period reaches it; in no sum. */
  readonly running: { readonly bucket: string; readonly dimensions: Readonly<Record<Dimension, Omit<DimensionReport, 'series'>>> } | null
}

interface BucketCell extends Cell {
  readonly bucket: string
}

/** @param keptDays how long totals are kept: a bucket the purge has begun to eat is no whole one. */
export async function readTotals(
  db: D1Database,
  siteId: SiteId,
  period: Days,
  today: string,
  { bucket, k }: Release,
  keptDays: number,
): Promise<TotalsReport> {
  const kept = addDays(today, 1 - keptDays)
  const asked = { from: period.from < kept ? kept : period.from, to: period.to }
  const current = bucketOf(today, bucket)
  const first = bucketOf(asked.from, bucket) === asked.from ? asked.from : bucketAfter(asked.from, bucket)
  const last = lastDay(asked.to < current ? asked.to : addDays(current, -1), bucket)
  const cells = await readCells(db, siteId, { from: first, to: asked.to }, bucket, k)
  const whole = Map.groupBy(
    cells.filter((cell) => cell.bucket >= first && cell.bucket <= last),
    (cell) => cell.bucket,
  )
  const buckets = [...whole].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, of]) => [name, releaseBucket(of, k)] as const)
  const running = cells.filter((cell) => cell.bucket === current)
  return {
    bucket,
    k,
    released: first <= last ? { from: first, to: last } : null,
    dimensions: each((dimension) => sumBuckets(buckets, dimension)),
    running:
      asked.to >= today && asked.from <= current
        ? { bucket: current, dimensions: each((dimension) => soFar(running, dimension, k)) }
        : null,
  }
}

/** A bucket's cells of one dimension: from k on by name, as JSON, the smaller ones as one sum. */
interface CellsRow {
  readonly bucket: string
  readonly dimension: Dimension
  readonly large: string
  readonly small: number
}

/** Days stand in the order of the key, so that each row is read once and nothing is sorted. */
const BY_DAY = `
  SELECT day AS bucket, dimension,
         json_group_array(json_array(value, count)) FILTER (WHERE count >= ?4) AS large, sum(iif(count < ?4, count, 0)) AS small
    FROM site_totals WHERE site_id = ?1 AND day >= ?2 AND day <= ?3 GROUP BY day, dimension`

const BY_WEEK_OR_MONTH = `
  WITH cells AS (
    SELECT iif(?5 = 'month', substr(day, 1, 7) || '-01', date(day, '-6 days', 'weekday 1')) AS bucket, dimension, value, sum(count) AS count
      FROM site_totals WHERE site_id = ?1 AND day >= ?2 AND day <= ?3 GROUP BY 1, 2, 3
  )
  SELECT bucket, dimension,
         json_group_array(json_array(value, count)) FILTER (WHERE count >= ?4) AS large, sum(iif(count < ?4, count, 0)) AS small
    FROM cells GROUP BY bucket, dimension`

const Large = z.array(z.tuple([z.string(), z.number()]))

async function readCells(db: D1Database, siteId: SiteId, days: Days, bucket: Bucket, k: number): Promise<BucketCell[]> {
  const asked =
    bucket === 'day'
      ? db.prepare(BY_DAY).bind(siteId, days.from, days.to, k)
      : db.prepare(BY_WEEK_OR_MONTH).bind(siteId, days.from, days.to, k, bucket)
  const { results } = await asked.all<CellsRow>()
  return results.flatMap(({ bucket: of, dimension, large, small }) => {
    const cells: BucketCell[] = Large.parse(JSON.parse(large)).map(([value, count]) => ({ bucket: of, dimension, value, count }))
    return small === 0 ? cells : [...cells, { bucket: of, dimension, value: null, count: small }]
  })
}

function each<T>(of: (dimension: Dimension) => T): Readonly<Record<Dimension, T>> {
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, of(dimension)])) as Record<Dimension, T>
}

/** First day of the bucket a day is in; weeks begin on Monday (ISO 8601). */
export function bucketOf(day: string, bucket: Bucket): string {
  if (bucket === 'day') return day
  if (bucket === 'month') return `${day.slice(0, 7)}-01`
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}

/** First day of the bucket after the one this day is in. */
function bucketAfter(day: string, bucket: Bucket): string {
  if (bucket === 'day') return addDays(day, 1)
  return bucket === 'week' ? addDays(bucketOf(day, 'week'), 7) : bucketOf(addDays(bucketOf(day, 'month'), 31), 'month')
}

/** Last day of the last whole bucket that ends on this day or before. */
function lastDay(day: string, bucket: Bucket): string {
  const next = bucketAfter(day, bucket)
  return addDays(next, -1) === day ? day : addDays(bucketOf(day, bucket), -1)
}
