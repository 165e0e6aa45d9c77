import { env } from 'cloudflare:workers'
import { type SiteDraft, saveSite } from '../../src/ledger/sites.ts'
import type { CompanyKey, CompanyRecord, SiteId } from '../../src/words.ts'

/** 2026-11-21 13:25 UTC, a Saturday; 14:25 in Berlin. */
export const NOW = Date.UTC(2026, 10, 21, 13, 25)

export const SHOP = 'shop' as SiteId

export const BALANCING = { confirmedBy: 'Erika Mustermann', date: '2026-11-01', reviewBy: '2027-11-01' } as const

export function company(name: string, over: Partial<CompanyRecord> = {}): CompanyRecord {
  const domain = `${name.toLowerCase()}.example`
  return {
    key: `dom:${domain}` as CompanyKey,
    kind: 'business',
    name,
    domain,
    country: 'DE',
    city: 'Munich',
    industry: 'Automotive',
    employees: '10001+',
    receipt: {
      source: 'test source',
      licence: 'CC0',
      sourceVersion: '1',
      sourceDate: '2026-06-17',
      evidence: 'made for a test',
      confidence: 75,
      tableVersion: 'f'.repeat(64),
      fields: [],
    },
    ...over,
  }
}

/** A site `shop` on https://shop.example with a recorded legitimate interest, unless told otherwise. */
export function addSite(over: Partial<SiteDraft> = {}): Promise<void> {
  return saveSite(
    env.DB,
    {
      id: SHOP,
      name: 'Shop',
      basis: 'legitimate-interest',
      timeZone: 'Europe/Berlin',
      settings: { balancing: BALANCING, names: ['datasheet.pdf'] },
      pageHosts: [`${over.id ?? SHOP}.example`],
      endpointHosts: [`t.${over.id ?? SHOP}.example`],
      ...over,
    },
    '2026-11-21',
  )
}

export const LEDGER_TABLES = ['companies', 'company_activity', 'company_day', 'site_totals'] as const

/** Every row of the ledger and the totals, in key order: what is stored, and nothing else. */
export async function stored(db: D1Database = env.DB): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const table of LEDGER_TABLES) rows[table] = (await db.prepare(`SELECT * FROM ${table}`).all()).results
  return rows
}

export async function emptyLedger(): Promise<void> {
  await env.DB.batch([...LEDGER_TABLES, 'batches', 'sites', 'site_hosts'].map((table) => env.DB.prepare(`DELETE FROM ${table}`)))
}

/** Publishes the small table into the test's own KV. */
export async function publishTable(kv: KVNamespace = env.RANGES): Promise<void> {
  for (const [key, value] of Object.entries(env.TEST_TABLE))
    await kv.put(
      key,
      Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0)),
    )
}
