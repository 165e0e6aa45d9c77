import type { ActivityRow, CompanyRow, Counts, DayRow, LeaveRow, TotalsRow } from './batch.ts'

/**
 * Adds counters up: the same row counted twice is one row that counts two. Addition knows no order, and what comes out
 * is sorted, so neither a batch nor a message tells which event came first (P3).
 */
export class Gather {
  readonly #companies = new Map<string, CompanyRow>()
  readonly #activity = new Map<string, ActivityRow>()
  readonly #leaves = new Map<string, LeaveRow>()
  readonly #days = new Map<string, DayRow>()
  readonly #totals = new Map<string, TotalsRow>()

  /** Rows that adding more of the same events would not make more: what a bound is put on. */
  get keys(): number {
    return this.#activity.size + this.#leaves.size + this.#totals.size
  }

  add({ companies, activity, leaves, days, totals }: Counts): void {
    for (const row of companies) put(this.#companies, keyOf(row, 2), row, earlier)
    for (const row of activity) put(this.#activity, keyOf(row, 7), row, addActivity)
    for (const row of leaves) put(this.#leaves, keyOf(row, 5), row, addLeave)
    for (const row of days) put(this.#days, keyOf(row, 3), row, latter)
    for (const row of totals) put(this.#totals, keyOf(row, 4), row, addTotals)
  }

  /** Everything gathered, in key order; seconds of a view that is in here too are added to it. The gather is empty then. */
  take(): Counts {
    for (const [key, [site, company, hour, path, origin, seconds]] of this.#leaves) {
      const view = keyOf([site, company, hour, 'view', path, origin, ''], 7)
      const row = this.#activity.get(view)
      if (row === undefined) continue
      this.#activity.set(view, addActivity(row, [site, company, hour, 'view', path, origin, '', 0, seconds]))
      this.#leaves.delete(key)
    }
    return {
      companies: drain(this.#companies),
      activity: drain(this.#activity),
      leaves: drain(this.#leaves),
      days: drain(this.#days),
      totals: drain(this.#totals),
    }
  }
}

/** Several counts as one. */
export function mergeCounts(all: readonly Counts[]): Counts {
  const gather = new Gather()
  for (const counts of all) gather.add(counts)
  return gather.take()
}

function put<Row>(rows: Map<string, Row>, key: string, row: Row, both: (a: Row, b: Row) => Row): void {
  const known = rows.get(key)
  rows.set(key, known === undefined ? row : both(known, row))
}

function drain<Row>(rows: Map<string, Row>): Row[] {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  rows.clear()
  return sorted
}

/** The first `parts` of a row, unambiguously: no text that is stored has a line end in it, redaction takes control characters out. */
function keyOf(row: readonly (string | number | null)[], parts: number): string {
  let key = ''
  for (let at = 0; at < parts; at += 1) key += `${row[at]}\n`
  return key
}

function addActivity(a: ActivityRow, b: ActivityRow): ActivityRow {
  return [a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7] + b[7], a[8] + b[8]]
}

function addLeave(a: LeaveRow, b: LeaveRow): LeaveRow {
  return [a[0], a[1], a[2], a[3], a[4], a[5] + b[5]]
}

function addTotals(a: TotalsRow, b: TotalsRow): TotalsRow {
  return [a[0], a[1], a[2], a[3], a[4] + b[4]]
}

/** First sight is the least hour; within it the lesser receipt, so that the choice does not depend on who came first. */
function earlier(a: CompanyRow, b: CompanyRow): CompanyRow {
  return b[10] < a[10] || (b[10] === a[10] && b[9] < a[9]) ? b : a
}

/** A day has one first hour, unless the site's time zone was changed between the two. */
function latter(a: DayRow, b: DayRow): DayRow {
  return b[3] > a[3] ? b : a
}
