import * as z from 'zod/mini'
import { DIMENSIONS } from '../../ledger/activity.ts'
import { readCoverage } from '../../ledger/coverage.ts'
import { today } from '../../ledger/period.ts'
import { BUCKETS } from '../../ledger/settings.ts'
import { readTotals } from '../../ledger/totals.ts'
import { Refusal } from '../problem.ts'
import { Count, Limit, NoParams } from './fields.ts'
import { PeriodFields, periodOf } from './period.ts'
import { route } from './route.ts'

/** Anonymous totals (P5) as disclosure.ts releases them, and beside the ledger: the honest match rate. */
const Figure = z.object({ count: Count, about: z.boolean() })
const Top = z.array(z.object({ value: z.string(), count: Count }))
const Running = z.object({ total: Figure, other: Count, top: Top })
const Report = z.object({ total: Figure, other: Count, top: Top, series: z.array(z.object({ bucket: z.string(), count: Count })) })

export const totals = route({
  method: 'get',
  path: '/totals',
  id: 'getTotals',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: z.strictObject({ ...PeriodFields, dimension: z.optional(z.enum(DIMENSIONS)), limit: Limit(1000, 100) }),
  body: null,
  answer: z.object({
    site: z.string(),
    from: z.string(),
    to: z.string(),
    bucket: z.enum(BUCKETS),
    k: Count,
    released: z.nullable(z.object({ from: z.string(), to: z.string() })),
    dimensions: z.partialRecord(z.enum(DIMENSIONS), Report),
    running: z.nullable(z.object({ bucket: z.string(), dimensions: z.partialRecord(z.enum(DIMENSIONS), Running) })),
  }),
  async handle({ db, site, query, now }) {
    const days = periodOf(query, site, now)
    if (days instanceof Refusal) return days
    const { release, retention } = site.settings
    const report = await readTotals(db, site.id, days, today(now, site.timeZone), release, retention.totalsDays)
    const wanted = query.dimension === undefined ? DIMENSIONS : [query.dimension]
    return {
      site: site.id,
      ...days,
      bucket: report.bucket,
      k: report.k,
      released: report.released === null ? null : { ...report.released },
      dimensions: Object.fromEntries(
        wanted.map((dimension) => {
          const { total, other, top, series } = report.dimensions[dimension]
          return [dimension, { total, other, top: top.slice(0, query.limit), series: [...series] }]
        }),
      ),
      running:
        report.running === null
          ? null
          : {
              bucket: report.running.bucket,
              dimensions: Object.fromEntries(
                Object.entries(report.running.dimensions)
                  .filter(([dimension]) => wanted.some((each) => each === dimension))
                  .map(([dimension, { total, other, top }]) => [dimension, { total, other, top: top.slice(0, query.limit) }]),
              ),
            },
    }
  },
})

export const coverage = route({
  method: 'get',
  path: '/coverage',
  id: 'getCoverage',
  role: 'viewer',
  site: 'query',
  params: NoParams,
  query: z.strictObject(PeriodFields),
  body: null,
  answer: z.object({
    site: z.string(),
    from: z.string(),
    to: z.string(),
    companies: Count,
    visits: Count,
    views: Count,
    anonymousViews: Figure,
    outcomes: Top,
    matchRate: z.nullable(z.number()),
    k: Count,
    note: z.string(),
  }),
  async handle({ db, site, query, now }) {
    const days = periodOf(query, site, now)
    if (days instanceof Refusal) return days
    const report = await readCoverage(db, site.id, days, today(now, site.timeZone), site.settings)
    const note = 'What an objection or missing consent blocked is in no figure: nothing of it was kept.'
    return { site: site.id, ...days, ...report, outcomes: [...report.outcomes], note }
  },
})
