import { type Context, Hono } from 'hono'
import { HOUR_MS } from '../ledger/clock.ts'
import { listActivity, listCompanies, listTotals, readCompany } from '../ledger/read.ts'
import type { Site } from '../ledger/site.ts'
import { readSites } from '../ledger/sites.ts'
import type { SiteId } from '../words.ts'
import type { AdminEnv } from './auth.ts'
import { problem } from './problem.ts'
import { readPeriod } from './query.ts'

/**
 * The JSON API: the same queries as the pages. `site` is required everywhere and every statement names it, so that no
 * answer combines two sites (P8); a company this site never saw is 404 whoever else knows it.
 */
export const api = new Hono<AdminEnv>()

api.get('/sites', async (c) => {
  const { byId } = await readSites(c.env.DB)
  return c.json({ sites: [...byId.values()].map(({ id, name, basis, timeZone }) => ({ id, name, basis, timeZone })) })
})

api.get('/companies', async (c) => {
  const site = await siteOf(c)
  if (site instanceof Response) return site
  const period = readPeriod(c.req.query(), site, Date.now())
  if (typeof period === 'string') return problem(c, 400, period)
  const companies = await listCompanies(c.env.DB, site.id, period)
  return c.json({
    site: site.id,
    ...period,
    companies: companies.map(({ firstHour, lastHour, ...company }) => ({
      ...company,
      firstSeen: isoHour(firstHour),
      lastSeen: isoHour(lastHour),
    })),
  })
})

api.get('/companies/:key', async (c) => {
  const site = await siteOf(c)
  if (site instanceof Response) return site
  const company = await readCompany(c.env.DB, site.id, c.req.param('key'))
  if (company === null) return problem(c, 404, 'This site has not seen a company with this key.')
  const { firstHour, receipt, ...rest } = company
  const activity = await listActivity(c.env.DB, site.id, company.key, 1000)
  return c.json({
    site: site.id,
    ...rest,
    firstSeen: isoHour(firstHour),
    receipt: JSON.parse(receipt),
    activity: activity.map(({ hour, ...row }) => ({ hour: isoHour(hour), ...row })),
  })
})

api.get('/totals', async (c) => {
  const site = await siteOf(c)
  if (site instanceof Response) return site
  const period = readPeriod(c.req.query(), site, Date.now())
  if (typeof period === 'string') return problem(c, 400, period)
  const totals: Record<string, { value: string; count: number }[]> = {}
  for (const { dimension, value, count } of await listTotals(c.env.DB, site.id, period)) {
    totals[dimension] = [...(totals[dimension] ?? []), { value, count }]
  }
  return c.json({ site: site.id, ...period, totals })
})

async function siteOf(c: Context<AdminEnv>): Promise<Site | Response> {
  const id = c.req.query('site')
  if (id === undefined || id === '') return problem(c, 400, 'Say which site: "?site=<id>". GET /admin/api/sites lists them.')
  return (await readSites(c.env.DB)).byId.get(id as SiteId) ?? problem(c, 404, 'There is no such site. GET /admin/api/sites lists them.')
}

/** The beginning of an hour, UTC: `2026-11-21T14:00Z`; nothing in the ledger is finer. */
function isoHour(hour: number): string {
  return `${new Date(hour * HOUR_MS).toISOString().slice(0, 16)}Z`
}
