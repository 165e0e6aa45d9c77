/** The websites of a proof: one of each basis, and one whose events are cut off by a shutdown. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unstable_splitSqlQuery } from 'wrangler'
import { type SiteDraft, saveSite } from '../../ledger/sites.ts'
import { ROOT } from './bundle.ts'

const BALANCING = { confirmedBy: 'Proof', date: '2026-01-01', reviewBy: '2099-01-01', template: '1' }

const site = (id: string, basis: SiteDraft['basis']): SiteDraft => ({
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
  site('shop', 'legitimate-interest'),
  site('portal', 'consent'),
  site('closed', 'off'),
  site('burst', 'legitimate-interest'),
] as const

export const SHOP = 'https://shop.canary.example'
export const PORTAL = 'https://portal.canary.example'
export const CLOSED = 'https://closed.canary.example'
export const BURST = 'https://burst.canary.example'
export const STRANGER = 'https://stranger.example'

/** Tables as the migrations make them, and the sites in them. */
export async function furnish(db: D1Database): Promise<void> {
  const folder = join(ROOT, 'migrations')
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()) {
    const statements = unstable_splitSqlQuery(readFileSync(join(folder, file), 'utf8'))
    await db.batch(statements.map((statement) => db.prepare(statement)))
  }
  for (const draft of SITES) await saveSite(db, draft, '2026-01-01')
}
