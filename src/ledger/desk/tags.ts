import type { SiteId } from '../../words.ts'

/** Words the operator puts on a company; they go with its last ledger row. */
export async function readTags(db: D1Database, site: SiteId, key: string): Promise<string[]> {
  const { results } = await db
    .prepare('SELECT tag FROM tags WHERE site_id = ?1 AND company_key = ?2 ORDER BY tag')
    .bind(site, key)
    .all<{ tag: string }>()
  return results.map(({ tag }) => tag)
}

/** Every tag of a site with how many companies wear it. */
export async function listTags(db: D1Database, site: SiteId): Promise<{ tag: string; companies: number }[]> {
  const { results } = await db
    .prepare('SELECT tag, count(*) AS companies FROM tags WHERE site_id = ?1 GROUP BY tag ORDER BY tag')
    .bind(site)
    .all<{ tag: string; companies: number }>()
  return results
}

/** Puts a tag on a company of this site; nothing happens to a company the site never saw. */
export async function putTag(db: D1Database, site: SiteId, key: string, tag: string, today: string): Promise<void> {
  await db
    .prepare(
      `INSERT INTO tags (site_id, company_key, tag, created)
       SELECT site_id, company_key, ?3, ?4 FROM companies WHERE site_id = ?1 AND company_key = ?2 ON CONFLICT DO NOTHING`,
    )
    .bind(site, key, tag, today)
    .run()
}

export async function removeTag(db: D1Database, site: SiteId, key: string, tag: string): Promise<boolean> {
  const { results } = await db
    .prepare('DELETE FROM tags WHERE site_id = ?1 AND company_key = ?2 AND tag = ?3 RETURNING tag')
    .bind(site, key, tag)
    .all()
  return results.length > 0
}
