import { type Batch, type CompanyRow, type Counts, daysOf, type LeaveRow } from './batch.ts'
import { addActivity, addActivityBefore0006, addSeconds, addTotals, BOUNDS, leavesWithoutView } from './cardinality.ts'
import { companyDays, companyDaysBefore0006, companyDaysBefore0010, type HotPages } from './company-day.ts'
import { isKnownBatch, kindOf, LedgerFault, lacksBatches, lacksDayColumns, lacksDayPaths } from './fault.ts'
import { mergeCounts } from './gather.ts'

/**
 * Writes batches to one D1 database in one transaction: their ids, master data at first sight, one upsert a counter,
 * and each touched company-day.
 *
 * The ids are inserted plainly: one that is already there aborts the whole transaction, so however many writers hold
 * the same batch, one of them writes it. Every statement takes its rows as one JSON parameter (D1 allows 100 parameters).
 *
 * A new Worker may be deployed before its migrations ran. It then writes what the older tables can take. Without the
 * table of ids an answer that is lost may mean either, and such a batch is not tried again: the loss this file accepts.
 *
 * @throws LedgerFault and nothing else.
 */
export async function writeBatches(db: D1Database, batches: readonly Batch[], hot: HotPages): Promise<void> {
  // The same batch may come twice in one delivery.
  let fresh: readonly Batch[] = [...new Map(batches.map((batch) => [batch.id, batch])).values()]
  const schema: Schema = { ids: true, dayColumns: true, dayPaths: true }
  while (fresh.length > 0) {
    try {
      await db.batch(statements(db, fresh, hot, schema))
      return
    } catch (error) {
      if (schema.ids && lacksBatches(error)) schema.ids = false
      else if (schema.dayColumns && lacksDayColumns(error)) schema.dayColumns = false
      else if (schema.dayPaths && lacksDayPaths(error)) schema.dayPaths = false
      else if (isKnownBatch(error)) fresh = await fewer(db, fresh)
      else throw fault(error, schema)
    }
  }
}

/** What the database's migrations have brought so far. */
interface Schema {
  ids: boolean
  dayColumns: boolean
  dayPaths: boolean
}

const daysFor = ({ dayColumns, dayPaths }: Schema) =>
  dayPaths && dayColumns ? companyDays : dayColumns ? companyDaysBefore0010 : companyDaysBefore0006

function fault(error: unknown, { ids }: Schema): LedgerFault {
  const kind = kindOf(error)
  return new LedgerFault(kind, ids || kind !== 'lost')
}

async function fewer(db: D1Database, batches: readonly Batch[]): Promise<readonly Batch[]> {
  const fresh = await withoutKnown(db, batches)
  // None known although the database said so: the id was purged in between. Later it is new.
  if (fresh.length === batches.length) throw new LedgerFault('busy', true)
  return fresh
}

/** Those of the batches that have not been written. */
export async function withoutKnown(db: D1Database, batches: readonly Batch[]): Promise<readonly Batch[]> {
  try {
    const { results } = await db
      .prepare(`SELECT b.id FROM json_each(?1) AS asked CROSS JOIN batches AS b ON b.hour = asked.value ->> 0 AND b.id = asked.value ->> 1`)
      .bind(idsOf(batches))
      .all<{ id: string }>()
    const known = new Set(results.map(({ id }) => id))
    return batches.filter(({ id }) => !known.has(id))
  } catch (error) {
    if (lacksBatches(error)) return batches
    throw new LedgerFault(kindOf(error), true)
  }
}

function statements(db: D1Database, batches: readonly Batch[], hot: HotPages, schema: Schema): D1PreparedStatement[] {
  const { companies, activity, leaves, days, totals }: Counts = mergeCounts(batches)
  return [
    ...(schema.ids ? [rememberIds(db, batches)] : []),
    ...(companies.length === 0 ? [] : [firstSights(db, companies)]),
    ...(activity.length === 0
      ? []
      : [schema.dayColumns ? addActivity(db, activity, daysOf(days), BOUNDS) : addActivityBefore0006(db, activity)]),
    ...(leaves.length === 0 ? [] : [addSeconds(db, leaves)]),
    ...(days.length === 0 ? [] : [daysFor(schema)(db, days, hot)]),
    ...(totals.length === 0 ? [] : [addTotals(db, totals, BOUNDS)]),
  ]
}

const idsOf = (batches: readonly Batch[]): string => JSON.stringify(batches.map(({ hour, id }) => [hour, id]))

function rememberIds(db: D1Database, batches: readonly Batch[]): D1PreparedStatement {
  return db.prepare('INSERT INTO batches (hour, id) SELECT value ->> 0, value ->> 1 FROM json_each(?1)').bind(idsOf(batches))
}

/**
 * A company's row is written once per site; later tables may know more, the receipt of the first sight stays true.
 * Deliveries may arrive out of order, so first sight is the least hour, and within it the lesser receipt, and not what
 * was written first (P3).
 */
function firstSights(db: D1Database, rows: readonly CompanyRow[]): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO companies (site_id, company_key, kind, name, domain, country, city, industry, employees, receipt, first_hour)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
              value ->> 8, value ->> 9, value ->> 10
         FROM json_each(?1) WHERE true
       ON CONFLICT DO UPDATE SET
         kind = excluded.kind, name = excluded.name, domain = excluded.domain, country = excluded.country, city = excluded.city,
         industry = excluded.industry, employees = excluded.employees, receipt = excluded.receipt, first_hour = excluded.first_hour
       WHERE (excluded.first_hour, excluded.receipt) < (first_hour, receipt)`,
    )
    .bind(JSON.stringify(rows))
}

/** Which of the leaves have no view to add their seconds to: their places in the list. */
export async function withoutView(db: D1Database, rows: readonly LeaveRow[]): Promise<ReadonlySet<number>> {
  try {
    return await leavesWithoutView(db, rows)
  } catch (error) {
    throw new LedgerFault(kindOf(error), true)
  }
}
