/** The websites of a proof: one of each basis, one whose events are cut off by a shutdown, one that operators change. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_splitSqlQuery } from 'wrangler'
import { type RuleRow, saveRule } from '../../ledger/rules.ts'
import { type SiteDraft, saveSite } from '../../ledger/sites.ts'
import { type RuleCompany, readBounds } from '../../ranges/rules.ts'
import { ROOT } from './bundle.ts'
import { RULED } from './canaries.ts'

const BALANCING = { confirmedBy: 'Proof', date: '2026-01-01', reviewBy: '2099-01-01', template: '1' }

export const siteDraft = (id: string, basis: SiteDraft['basis']): SiteDraft => ({
  id: `prove-${id}`,
  name: `Proof ${id}`,
  basis,
  timeZone: 'Europe/Berlin',
  settings: {
    names: ['*.pdf', 'contact', 'partner.example', 'video-*'],
    ...(basis === 'legitimate-interest' ? { balancing: BALANCING } : {}),
  },
  pageHosts: [`${id}.canary.example`],
  endpointHosts: [`t.${id}.canary.example`],
})

export const SITES = [
  siteDraft('shop', 'legitimate-interest'),
  siteDraft('portal', 'consent'),
  siteDraft('closed', 'off'),
  siteDraft('burst', 'legitimate-interest'),
  siteDraft('desk', 'legitimate-interest'),
] as const

export const SHOP = 'https://shop.canary.example'
export const PORTAL = 'https://portal.canary.example'
export const CLOSED = 'https://closed.canary.example'
export const BURST = 'https://burst.canary.example'
export const DESK = 'https://desk.canary.example'
export const STRANGER = 'https://stranger.example'

/** Tables as the migrations make them, the sites in them, and the operator's own ranges. */
export async function furnish(db: D1Database, folder: string = join(ROOT, 'migrations')): Promise<void> {
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join(folder, file), 'utf8'))
    await db.batch(statements.map((statement) => db.prepare(statement)))
  }
  for (const draft of SITES) await saveSite(db, draft, '2026-01-01')
  await saveRule(db, rule(RULED.blocked, 'block', null))
  await saveRule(db, rule(RULED.assigned, 'assign', JSON.stringify(ASSIGNED)))
}

const ASSIGNED = {
  ...{ key: 'own:harzer-pumpen', kind: 'business', name: 'Harzer Pumpen', domain: null, country: 'DE', city: null, industry: null },
  employees: '201-500',
} as const satisfies RuleCompany

function rule(range: string, action: RuleRow['action'], company: string | null): RuleRow {
  const bounds = readBounds(range)
  if (typeof bounds === 'string') throw new Error(bounds)
  const { first, last } = bounds
  return { siteId: 'prove-shop', first, last, action, company, why: 'proof', created: '2026-01-01' }
}
