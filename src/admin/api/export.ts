import * as z from 'zod/mini'
import { COMPANY_SORTS } from '../../ledger/company-list.ts'
import { hoursOf, today } from '../../ledger/period.ts'
import { readCompany } from '../../ledger/read.ts'
import type { Site } from '../../ledger/site.ts'
import { readTotals } from '../../ledger/totals.ts'
import type { Cell, Sheet } from '../export/cells.ts'
import { FORMATS, TYPES, write } from '../export/formats.ts'
import { auditSheet, companiesSheet, totalsSheet, visitsSheet } from '../export/sheets.ts'
import { may } from '../principal.ts'
import { Refusal } from '../problem.ts'
import { FilterFields, filterOf, periodFor } from './companies.ts'
import { UNSEEN } from './company.ts'
import { begin } from './deed.ts'
import { Key, NoParams } from './fields.ts'
import { PeriodFields } from './period.ts'
import { type Call, route } from './route.ts'

/**
 * Files of the lists, with the same filters; streamed, so that 100,000 rows never stand in memory. The audit log gets its
 * entry before the first byte and the number of rows after the last.
 */
const LISTS = ['companies', 'visits', 'totals', 'audit'] as const

const Query = z.strictObject({
  ...PeriodFields,
  ...FilterFields,
  sort: z._default(z.enum(COMPANY_SORTS), 'lastSeen'),
  list: z._default(z.enum(LISTS), 'companies'),
  key: z.optional(Key.check(z.describe('Visits of one company only.'))),
})
type Query = z.infer<typeof Query>

/** Parameters that only the list of companies knows. */
const OF_COMPANIES = [...Object.keys(FilterFields)] as readonly (keyof typeof FilterFields)[]

export const exports = FORMATS.map((format) =>
  route({
    method: 'get',
    path: `/export.${format}`,
    id: `export_${format}`,
    role: 'analyst',
    site: 'query',
    params: NoParams,
    query: Query,
    body: null,
    answer: TYPES[format],
    async handle(call) {
      const { site, query, c } = call
      const sheet = await sheetOf(call, query)
      if (sheet instanceof Refusal) return sheet
      const fill = await begin(call, { action: 'export', site: site.id, detail: `${query.list} ${format}` })
      // Filled in when the file is through, or when the receiver hangs up: the response may long be on its way.
      const counted = countRows(sheet, (rows) => c.executionCtx.waitUntil(fill(rows)))
      const name = `doorplate-${site.id}-${query.list}.${format}`
      return new Response(write(format, counted, query.list), {
        headers: { 'Content-Type': TYPES[format], 'Content-Disposition': `attachment; filename="${name}"` },
      })
    },
  }),
)

async function sheetOf({ db, desk, site, now, principal }: Call<unknown, unknown, unknown, Site>, query: Query): Promise<Sheet | Refusal> {
  const strange = query.list === 'companies' ? undefined : OF_COMPANIES.find((name) => query[name] !== undefined)
  if (strange !== undefined) return new Refusal(400, `"${strange}" filters the list of companies and no other.`, strange)
  if (query.key !== undefined && query.list !== 'visits') return new Refusal(400, '"key" goes with list=visits and no other list.', 'key')
  if (query.key !== undefined && (await readCompany(db, site.id, query.key)) === null) return UNSEEN
  const days = periodFor(query, site, now)
  if (days instanceof Refusal) return days
  const hours = hoursOf(days, site.timeZone)
  const { release, retention, weights } = site.settings
  switch (query.list) {
    case 'companies':
      return companiesSheet(db, site, { days, hours, filter: filterOf(query), sort: query.sort, weights })
    case 'visits':
      return visitsSheet(db, site, hours, query.key ?? null)
    case 'totals':
      return totalsSheet(await readTotals(db, site.id, days, today(now, site.timeZone), release, retention.totalsDays))
    case 'audit':
      return may(principal.role, 'owner') ? auditSheet(desk, site.id) : new Refusal(403, 'The audit log needs the role owner.', 'list')
  }
}

/** Hands the rows on and says at the end how many there were, when the receiver hangs up too. */
export function countRows(sheet: Sheet, done: (rows: number) => void): Sheet {
  async function* counted(): AsyncGenerator<readonly Cell[]> {
    let rows = 0
    try {
      for await (const row of sheet.rows) {
        rows += 1
        yield row
      }
    } finally {
      done(rows)
    }
  }
  return { columns: sheet.columns, rows: counted() }
}
