import type { SiteId } from '../../words.ts'
import { leaveSite } from './tokens.ts'

/**
 * Erasing, with a receipt: how many rows of each table went. One transaction for the counters and one for the settings,
 * which may be two databases. D1's restore points keep deleted rows 7 or 30 days longer; docs/privacy.md says so.
 */
export type EraseReceipt = Readonly<Record<string, number>>

/** Everything this site knows of a company. */
export async function eraseCompany(db: D1Database, site: SiteId, key: string): Promise<EraseReceipt> {
  const gone = await db.batch([
    db.prepare('DELETE FROM company_activity WHERE site_id = ?1 AND company_key = ?2').bind(site, key),
    db.prepare('DELETE FROM company_day WHERE site_id = ?1 AND company_key = ?2').bind(site, key),
    db.prepare('DELETE FROM tags WHERE site_id = ?1 AND company_key = ?2').bind(site, key),
    db.prepare('DELETE FROM notes WHERE site_id = ?1 AND company_key = ?2').bind(site, key),
    db.prepare('DELETE FROM companies WHERE site_id = ?1 AND company_key = ?2').bind(site, key),
  ])
  return receipt(['company_activity', 'company_day', 'tags', 'notes', 'companies'], gone)
}

/** Everything counted on a site, and what was written on its companies. */
export async function eraseCounters(db: D1Database, site: SiteId): Promise<EraseReceipt> {
  const gone = await db.batch([
    db.prepare('DELETE FROM company_activity WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM company_day WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM companies WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM site_totals WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM tags WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM notes WHERE site_id = ?1').bind(site),
  ])
  return receipt(['company_activity', 'company_day', 'companies', 'site_totals', 'tags', 'notes'], gone)
}

/** The site itself, its hosts, rules, saved filters and who may see it. Its audit log stays until its own end. */
export async function eraseSettings(db: D1Database, site: SiteId): Promise<EraseReceipt> {
  const gone = await db.batch([
    db.prepare('DELETE FROM segments WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM rules WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM site_hosts WHERE site_id = ?1').bind(site),
    db.prepare('DELETE FROM sites WHERE id = ?1').bind(site),
    ...leaveSite(db, site),
  ])
  return { ...receipt(['segments', 'rules', 'site_hosts', 'sites'], gone), tokens: gone.at(-1)?.meta.changes ?? 0 }
}

function receipt(tables: readonly string[], gone: readonly D1Result[]): EraseReceipt {
  return Object.fromEntries(tables.map((table, index) => [table, gone[index]?.meta.changes ?? 0]))
}
