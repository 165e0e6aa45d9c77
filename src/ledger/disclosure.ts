import { DIMENSIONS, type Dimension } from './activity.ts'

/**
 * P5: how anonymous counts leave the ledger. Totals are released per bucket (day, week or month: one size a site), and
 * a period is the sum of its released buckets, so that two periods can differ by nothing but whole released buckets.
 *
 * Within a bucket no cell below k is shown: small cells are folded into `other`. Would `other` be below k itself, the
 * smallest shown cell goes with it (secondary suppression): leaving it out would let it be computed, because path,
 * country and device count the same views and another dimension tells their sum. Only where a whole dimension is below
 * k is it left out. Dimensions that count more than another (all activity, more than views) are made to differ from it
 * by nothing or by k at least; where that takes cells away, the total says `about` and is rounded to 5, from what is
 * shown and never from what is not.
 */
export interface Cell {
  readonly dimension: Dimension
  /** Null: the sum of the cells below k. */
  readonly value: string | null
  readonly count: number
}

export interface Released {
  /** Shown cells, at least k each, largest first. */
  readonly cells: readonly (readonly [value: string, count: number])[]
  /** 0 or at least k. */
  readonly other: number
  /** Sum of the above. */
  readonly sum: number
  /** Something of this dimension is in no figure. */
  readonly leftOut: boolean
}

/** Path first: the others must not tell what it hides. */
const ORDER = ['path', 'country', 'device', 'source', 'activity', 'outcome'] as const satisfies readonly Dimension[]

const NOTHING: Released = { cells: [], other: 0, sum: 0, leftOut: false }

/** What one bucket shows. */
export function releaseBucket(cells: readonly Cell[], k: number): ReadonlyMap<Dimension, Released> {
  const released = new Map<Dimension, Released>(DIMENSIONS.map((dimension) => [dimension, NOTHING]))
  const sums: number[] = []
  for (const dimension of ORDER) {
    const of = cells.filter((cell) => cell.dimension === dimension)
    const shown = withhold(fold(of, k), sums, k)
    released.set(dimension, shown)
    if (shown.sum > 0) sums.push(shown.sum)
  }
  return released
}

function fold(cells: readonly Cell[], k: number): Released {
  const large = cells
    .filter((cell): cell is Cell & { value: string } => cell.value !== null && cell.count >= k)
    .map(({ value, count }) => [value, count] as const)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  let other = total(cells) - large.reduce((sum, [, count]) => sum + count, 0)
  if (other > 0 && other < k) other += large.pop()?.[1] ?? 0
  if (other > 0 && other < k) return { ...NOTHING, leftOut: true }
  return { cells: large, other, sum: other + large.reduce((sum, [, count]) => sum + count, 0), leftOut: false }
}

/** Takes the smallest figures away until the sum differs from every other dimension's by nothing or by k at least. */
function withhold(released: Released, sums: readonly number[], k: number): Released {
  const near = (sum: number): boolean => sums.some((other) => sum !== other && Math.abs(sum - other) < k)
  let { cells, other, sum, leftOut } = released
  while (sum > 0 && near(sum)) {
    const smallest = cells.at(-1)
    if (other > 0 && (smallest === undefined || other <= smallest[1])) {
      sum -= other
      other = 0
    } else {
      sum -= smallest?.[1] ?? sum
      cells = cells.slice(0, -1)
    }
    leftOut = true
  }
  return { cells, other, sum, leftOut }
}

const total = (cells: readonly Cell[]): number => cells.reduce((sum, cell) => sum + cell.count, 0)

export interface Figure {
  readonly count: number
  /** The count is rounded to 5 because something is in no figure. */
  readonly about: boolean
}

export interface DimensionReport {
  readonly total: Figure
  readonly other: number
  readonly top: readonly { readonly value: string; readonly count: number }[]
  readonly series: readonly { readonly bucket: string; readonly count: number }[]
}

/** A period: the sum of its released buckets. */
export function sumBuckets(
  buckets: readonly (readonly [bucket: string, released: ReadonlyMap<Dimension, Released>])[],
  dimension: Dimension,
): DimensionReport {
  const values = new Map<string, number>()
  let other = 0
  let sum = 0
  let about = false
  const series: { bucket: string; count: number }[] = []
  for (const [bucket, released] of buckets) {
    const each = released.get(dimension) ?? NOTHING
    for (const [value, count] of each.cells) values.set(value, (values.get(value) ?? 0) + count)
    other += each.other
    sum += each.sum
    about ||= each.leftOut
    series.push({ bucket, count: each.sum })
  }
  const top = [...values].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { total: { count: about ? Math.round(sum / 5) * 5 : sum, about }, other, top, series }
}

/**
 * The bucket that is not over yet: every figure rounded down to a multiple of k, so that looking again while it grows
 * tells no step smaller than k. It belongs to no period's sum.
 */
export function soFar(cells: readonly Cell[], dimension: Dimension, k: number): Omit<DimensionReport, 'series'> {
  const floor = (count: number): number => Math.floor(count / k) * k
  const of = cells.filter((cell) => cell.dimension === dimension)
  const top = of
    .filter((cell): cell is Cell & { value: string } => cell.value !== null && cell.count >= k)
    .map(({ value, count }) => ({ value, count: floor(count) }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { total: { count: floor(total(of)), about: true }, other: floor(total(of.filter((cell) => cell.value === null))), top }
}
