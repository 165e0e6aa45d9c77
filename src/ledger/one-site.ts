import type { SiteId } from '../words.ts'
import { readSite, type Site, type SiteRow } from './site.ts'

/** One site by its id: one row read, however many sites there are. */
export async function readOneSite(db: D1Database, id: SiteId): Promise<Site | null> {
  const row = await db.prepare('SELECT id, name, basis, time_zone, settings FROM sites WHERE id = ?1').bind(id).first<SiteRow>()
  return row === null ? null : readSite(row)
}
