import type { SiteId } from '../../words.ts'

/** A saved filter of the company list: parameters as the list takes them. */
export interface Segment {
  readonly id: string
  readonly name: string
  /** JSON object of parameters. */
  readonly filter: string
  /** `YYYY-MM-DD`. */
  readonly created: string
}

export async function readSegments(db: D1Database, site: SiteId): Promise<Segment[]> {
  const { results } = await db
    .prepare('SELECT id, name, filter, created FROM segments WHERE site_id = ?1 ORDER BY name, id')
    .bind(site)
    .all<Segment>()
  return results
}

export async function saveSegment(db: D1Database, site: SiteId, { id, name, filter, created }: Segment): Promise<void> {
  await db
    .prepare(
      `INSERT INTO segments (site_id, id, name, filter, created) VALUES (?1, ?2, ?3, ?4, ?5)
       ON CONFLICT DO UPDATE SET name = ?3, filter = ?4`,
    )
    .bind(site, id, name, filter, created)
    .run()
}

export async function removeSegment(db: D1Database, site: SiteId, id: string): Promise<boolean> {
  const { results } = await db.prepare('DELETE FROM segments WHERE site_id = ?1 AND id = ?2 RETURNING id').bind(site, id).all()
  return results.length > 0
}
