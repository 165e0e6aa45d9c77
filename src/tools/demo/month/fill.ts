/**
 * Fills the demo site: a Node script with a clock of its own that calls the ledger's own writer on local D1, without a
 * request. A day that has counters already is left alone, so a later start adds the days that have passed since.
 */
import { randomBytes } from 'node:crypto'
import { NO_COUNTS } from '../../../ledger/batch.ts'
import { hourOf } from '../../../ledger/clock.ts'
import { saveNote } from '../../../ledger/desk/notes.ts'
import { readSegments, saveSegment } from '../../../ledger/desk/segments.ts'
import { putTag } from '../../../ledger/desk/tags.ts'
import { mergeCounts } from '../../../ledger/gather.ts'
import { hotPagesOf } from '../../../ledger/open-sink.ts'
import { addDays, today } from '../../../ledger/period.ts'
import type { Site } from '../../../ledger/site.ts'
import { readSites } from '../../../ledger/sites.ts'
import { writeBatches } from '../../../ledger/write.ts'
import { type KvReader, openRangeStore } from '../../../ranges/store.ts'
import type { CompanyRecord, SiteId } from '../../../words.ts'
import { countsOfDay, DAYS_OF_DEMO, guestsOf } from './month.ts'

/** How many days are written in one transaction. */
const DAYS_AT_ONCE = 9

/** @returns what was done, for the line of the step. */
export async function fillDemo(db: D1Database, kv: KvReader, siteId: SiteId, now: number): Promise<string> {
  const sites = await readSites(db)
  const site = sites.byId.get(siteId)
  if (site === undefined) return 'no demo site'
  const days = await emptyDays(db, site, now)
  if (days.length === 0) return 'unchanged'
  const guests = guestsOf(await companiesOf(kv, now))
  const until = hourOf(now)
  const first = addDays(today(now, site.timeZone), 1 - DAYS_OF_DEMO)
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const counts = days.slice(at, at + DAYS_AT_ONCE).map((day) => countsOfDay(site, day, dayNumber(first, day), until, guests))
    const id = randomBytes(8).toString('hex')
    await writeBatches(db, [{ ...NO_COUNTS, ...mergeCounts(counts), id, hour: until }], hotPagesOf(sites))
  }
  await furnishDesk(db, site, now)
  return `${days.length} days of invented visits`
}

/** Days without a single counter of the site, oldest first. */
async function emptyDays(db: D1Database, site: Site, now: number): Promise<string[]> {
  const last = today(now, site.timeZone)
  const { results } = await db
    .prepare('SELECT DISTINCT day FROM site_totals WHERE site_id = ?1 UNION SELECT DISTINCT day FROM company_day WHERE site_id = ?1')
    .bind(site.id)
    .all<{ day: string }>()
  const known = new Set(results.map(({ day }) => day))
  return Array.from({ length: DAYS_OF_DEMO }, (_, back) => addDays(last, back + 1 - DAYS_OF_DEMO)).filter((day) => !known.has(day))
}

const dayNumber = (first: string, day: string): number => Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000)

/** Every company of the published table. */
async function companiesOf(kv: KvReader, now: number): Promise<CompanyRecord[]> {
  const store = openRangeStore(kv, () => now)
  const table = await store.pointer()
  if (table === null) return []
  const ids = Array.from({ length: table.counts.companies }, (_, index) => index + 1)
  const found = await Promise.all(ids.map((id) => store.company(table, id)))
  return found.filter((company) => typeof company !== 'string')
}

/** What somebody who works with the dashboard would have left on it; once. */
async function furnishDesk(db: D1Database, site: Site, now: number): Promise<void> {
  if ((await readSegments(db, site.id)).length > 0) return
  const created = today(now, site.timeZone)
  await saveSegment(db, site.id, { id: 'warm', name: 'Score from 60', filter: JSON.stringify({ minScore: 60 }), created })
  await saveSegment(db, site.id, { id: 'read-prices', name: 'Read the prices', filter: JSON.stringify({ path: '/pricing' }), created })
  const { results } = await db
    .prepare('SELECT company_key AS key FROM company_day WHERE site_id = ?1 GROUP BY 1 ORDER BY sum(views) DESC, 1 LIMIT 3')
    .bind(site.id)
    .all<{ key: string }>()
  const [most, second] = results
  for (const { key } of results) await putTag(db, site.id, key, 'Key account', created)
  if (most !== undefined) {
    const text = 'Asked for a quote on forty flow meters at the fair. Offer is out; call again when they look at the price list.'
    await saveNote(db, site.id, most.key, { id: '00000000000000d1', text, author: 'demo', created })
  }
  if (second !== undefined) await putTag(db, site.id, second.key, 'Pilot', created)
}
