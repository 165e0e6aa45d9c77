import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import * as z from 'zod/mini'
import { listActivity, listCompanies, listTotals, readCompany } from '../../ledger/read.ts'
import { shardsOf } from '../../ledger/shard.ts'
import type { Site } from '../../ledger/site.ts'
import { readSites } from '../../ledger/sites.ts'
import { POINTER_KEY, readPointer, type TableSource } from '../../ranges/pointer.ts'
import type { SiteId } from '../../words.ts'
import type { AdminEnv } from '../auth.ts'
import { seesSite } from '../principal.ts'
import { readPeriod } from '../query.ts'
import { CompanyPage } from './company.tsx'
import { HomePage } from './home.tsx'
import { NoticePage } from './notice.tsx'

/** Pages under /admin. A page asks for one site; without one it shows the first. */
export const pages = new Hono<AdminEnv>()

const Receipt = z.object({
  source: z.string(),
  licence: z.string(),
  sourceVersion: z.string(),
  sourceDate: z.string(),
  evidence: z.string(),
  confidence: z.number(),
  tableVersion: z.string(),
})

pages.get('/', async (c) => {
  const byId = await sitesOf(c)
  const sites = [...byId.values()]
  const wanted = c.req.query('site')
  const site = wanted === undefined ? sites[0] : byId.get(wanted as SiteId)
  if (site === undefined) {
    const text = wanted === undefined ? 'There is no site yet. `npm start` makes a demo site.' : 'There is no such site.'
    return c.html(<NoticePage title="No site" text={text} />, 404)
  }
  const period = readPeriod(c.req.query(), site, c.get('house').now())
  if (typeof period === 'string') return c.html(<NoticePage title="Not a period" text={period} />, 400)
  const ledger = shardsOf(c.env).of(site.id)
  const [companies, totals, sources] = await Promise.all([
    listCompanies(ledger, site.id, period),
    listTotals(ledger, site.id, period),
    tableSources(c.env.RANGES),
  ])
  return c.html(<HomePage site={site} sites={sites} sources={sources} period={period} companies={companies} totals={totals} />)
})

pages.get('/companies/:key', async (c) => {
  const byId = await sitesOf(c)
  const site = byId.get((c.req.query('site') ?? '') as SiteId)
  const company = site === undefined ? null : await readCompany(shardsOf(c.env).of(site.id), site.id, c.req.param('key'))
  if (site === undefined || company === null) {
    return c.html(<NoticePage title="Not found" text="This site has not seen such a company." />, 404)
  }
  const receipt = Receipt.parse(JSON.parse(company.receipt))
  const [activity, sources] = await Promise.all([
    listActivity(shardsOf(c.env).of(site.id), site.id, company.key, 500),
    tableSources(c.env.RANGES),
  ])
  return c.html(
    <CompanyPage site={site} sites={[...byId.values()]} sources={sources} company={company} receipt={receipt} activity={activity} />,
  )
})

/** The sites the visitor of the admin may see (P8). */
async function sitesOf(c: Context<AdminEnv>): Promise<ReadonlyMap<SiteId, Site>> {
  const { byId } = await readSites(c.env.DB)
  return new Map([...byId].filter(([id]) => seesSite(c.get('principal'), id)))
}

/** Sources of the table that serves, for the credits their licences ask for; none while no table is published. */
async function tableSources(kv: KVNamespace): Promise<readonly TableSource[]> {
  return readPointer(await kv.get(POINTER_KEY, { type: 'json', cacheTtl: 60 }))?.sources ?? []
}
