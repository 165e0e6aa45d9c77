import type { SiteId } from '../../words.ts'

/** What the operator wrote on a company. Free text is the operator's; it goes with the company's last ledger row. */
export interface Note {
  readonly id: string
  readonly text: string
  readonly author: string
  /** `YYYY-MM-DD`. */
  readonly created: string
}

/** Of one company; more are not taken. */
export const NOTES_SHOWN = 200

/** Newest day first. */
export async function readNotes(db: D1Database, site: SiteId, key: string): Promise<Note[]> {
  const { results } = await db
    .prepare('SELECT id, text, author, created FROM notes WHERE site_id = ?1 AND company_key = ?2 ORDER BY created DESC, id LIMIT ?3')
    .bind(site, key, NOTES_SHOWN)
    .all<Note>()
  return results
}

/** Adds a note, or gives the one with this id a new text. Nothing happens to a company the site never saw. */
export async function saveNote(db: D1Database, site: SiteId, key: string, note: Note): Promise<void> {
  await db
    .prepare(
      `INSERT INTO notes (site_id, company_key, id, text, author, created)
       SELECT site_id, company_key, ?3, ?4, ?5, ?6 FROM companies WHERE site_id = ?1 AND company_key = ?2
       ON CONFLICT DO UPDATE SET text = ?4`,
    )
    .bind(site, key, note.id, note.text, note.author, note.created)
    .run()
}

export async function removeNote(db: D1Database, site: SiteId, key: string, id: string): Promise<boolean> {
  const { results } = await db
    .prepare('DELETE FROM notes WHERE site_id = ?1 AND company_key = ?2 AND id = ?3 RETURNING id')
    .bind(site, key, id)
    .all()
  return results.length > 0
}
