import * as z from 'zod/mini'
import { type EraseReceipt, eraseCompany } from '../../ledger/desk/erase.ts'
import { readNotes } from '../../ledger/desk/notes.ts'
import { readTags } from '../../ledger/desk/tags.ts'
import { readJourney } from '../../ledger/journey.ts'
import { hoursOf } from '../../ledger/period.ts'
import { readCompany } from '../../ledger/read.ts'
import { readVisits } from '../../ledger/visit-page.ts'
import type { Visit } from '../../ledger/visits.ts'
import { ReceiptShape } from '../../receipt.ts'
import { Refusal } from '../problem.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { recorded } from './deed.ts'
import { Count, Cursor, IsoHour, isoHour, Key, Limit } from './fields.ts'
import { PeriodFields, periodOf } from './period.ts'
import { route } from './route.ts'

/** One company on one site. A key this site never saw is 404, whoever else knows it (P8). */
export const UNSEEN = new Refusal(404, 'This site has not seen a company with this key.', 'key')

export const KeyParams = z.strictObject({ key: Key })

export const NoteShape = z.object({ id: z.string(), text: z.string(), author: z.string(), created: z.string() })

export const company = route({
  method: 'get',
  path: '/companies/{key}',
  id: 'getCompany',
  role: 'viewer',
  site: 'query',
  params: KeyParams,
  query: z.strictObject({}),
  body: null,
  answer: z.object({
    site: z.string(),
    key: z.string(),
    kind: z.string(),
    name: z.string(),
    domain: z.nullable(z.string()),
    country: z.string(),
    city: z.nullable(z.string()),
    industry: z.nullable(z.string()),
    employees: z.nullable(z.string()),
    firstSeen: IsoHour,
    receipt: ReceiptShape,
    tags: z.array(z.string()),
    notes: z.array(NoteShape),
  }),
  async handle({ db, site, params }) {
    const found = await readCompany(db, site.id, params.key)
    if (found === null) return UNSEEN
    const { firstHour, receipt, ...rest } = found
    const [tags, notes] = await Promise.all([readTags(db, site.id, found.key), readNotes(db, site.id, found.key)])
    return { site: site.id, ...rest, firstSeen: isoHour(firstHour), receipt: ReceiptShape.parse(JSON.parse(receipt)), tags, notes }
  },
})

const Deed = z.object({ hour: IsoHour, name: z.string(), path: z.string(), count: Count })

export const VisitShape = z.object({
  from: IsoHour,
  to: IsoHour,
  day: z.string(),
  new: z.boolean().check(z.describe('The company’s first visit to this site.')),
  sources: z.array(z.string()),
  overlap: z.boolean().check(z.describe('Colleagues’ walks merge here: pages stand by distance from an entry, not by time.')),
  pages: z.array(z.object({ hour: IsoHour, path: z.string(), from: z.string(), count: Count, seconds: Count })),
  views: Count,
  seconds: Count,
  downloads: z.array(Deed),
  outbounds: z.array(Deed),
  forms: z.array(Deed),
  events: z.array(Deed),
})

export const visits = route({
  method: 'get',
  path: '/companies/{key}/visits',
  id: 'listVisits',
  role: 'viewer',
  site: 'query',
  params: KeyParams,
  query: z.strictObject({ ...PeriodFields, cursor: Cursor, limit: Limit(100, 20) }),
  body: null,
  answer: z.object({
    site: z.string(),
    key: z.string(),
    from: z.string(),
    to: z.string(),
    visits: z.array(VisitShape),
    next: z.nullable(z.string()),
    cut: z.boolean().check(z.describe('One visit alone filled the page; its beginning is on the next or left out.')),
  }),
  async handle({ db, site, params, query, now }) {
    const days = periodOf(query, site, now)
    if (days instanceof Refusal) return days
    const question = { ...query, key: params.key, site: site.id }
    const after = await readCursor(question, query.cursor)
    if (after instanceof Refusal) return after
    const found = await readCompany(db, site.id, params.key)
    if (found === null) return UNSEEN
    const hours = hoursOf(days, site.timeZone)
    const to = after === null ? hours.to : Math.min(hours.to, Number(after.rank) || 0)
    const page = await readVisits(db, site.id, found, { from: hours.from, to }, query.limit, site.timeZone)
    return {
      site: site.id,
      key: found.key,
      ...days,
      visits: page.visits.map(visitItem),
      next: page.before === null ? null : await writeCursor(question, { rank: page.before, key: found.key }),
      cut: page.cut,
    }
  },
})

export function visitItem(visit: Visit): z.infer<typeof VisitShape> {
  const hourly = <T extends { readonly hour: number }>(rows: readonly T[]) => rows.map((row) => ({ ...row, hour: isoHour(row.hour) }))
  const { first, ...rest } = visit
  return {
    ...rest,
    from: isoHour(visit.from),
    to: isoHour(visit.to),
    new: first,
    sources: [...visit.sources],
    pages: hourly(visit.pages),
    downloads: hourly(visit.downloads),
    outbounds: hourly(visit.outbounds),
    forms: hourly(visit.forms),
    events: hourly(visit.events),
  }
}

export const journey = route({
  method: 'get',
  path: '/companies/{key}/journey',
  id: 'getJourney',
  role: 'viewer',
  site: 'query',
  params: KeyParams,
  query: z.strictObject({ ...PeriodFields, limit: Limit(500, 100) }),
  body: null,
  answer: z.object({
    site: z.string(),
    key: z.string(),
    from: z.string(),
    to: z.string(),
    since: z.nullable(IsoHour).check(z.describe('Hour from which on the graph is whole; null when it is for all of the period.')),
    edges: z.array(z.object({ from: z.string(), to: z.string(), count: Count, seconds: Count })),
  }),
  async handle({ db, site, params, query, now }) {
    const days = periodOf(query, site, now)
    if (days instanceof Refusal) return days
    if ((await readCompany(db, site.id, params.key)) === null) return UNSEEN
    const { edges, since } = await readJourney(db, site.id, params.key, hoursOf(days, site.timeZone), query.limit)
    return { site: site.id, key: params.key, ...days, since: since === null ? null : isoHour(since), edges: [...edges] }
  },
})

export const ErasedShape = z.object({
  erased: z.record(z.string(), Count),
  note: z.string(),
})

export const RESTORE_NOTE =
  'Cloudflare D1 can restore deleted rows for 7 days (free plan) or 30 days (paid plan); then they are gone there too.'

export const erase = route({
  method: 'delete',
  path: '/companies/{key}',
  id: 'eraseCompany',
  role: 'owner',
  site: 'query',
  params: KeyParams,
  query: z.strictObject({}),
  body: null,
  answer: ErasedShape,
  async handle(call) {
    const { db, site, params } = call
    if ((await readCompany(db, site.id, params.key)) === null) return UNSEEN
    const deed = { action: 'company.delete', site: site.id, detail: '' } as const
    const erased = await recorded(call, deed, () => eraseCompany(db, site.id, params.key), rowsIn)
    return { erased: { ...erased }, note: RESTORE_NOTE }
  },
})

export const rowsIn = (receipt: EraseReceipt): number => Object.values(receipt).reduce((sum, rows) => sum + rows, 0)
