/**
 * Where operators write: the only places in which a person could be named. For somebody who asks what is kept about
 * them (GDPR Art. 15). All sites of the operator at once, because that is who is asked.
 *
 * Texts are compared here and not in SQL, whose lower() knows the letters of ASCII and no others.
 */
export interface Written {
  readonly place: (typeof PLACES)[number]['place']
  /** `*`: concerns no single site. */
  readonly site: string
  /** What it stands at: a company's key, an id, the day of an entry. */
  readonly at: string
  readonly text: string
}

/** In the order of their keys, so that they can be read page by page. */
const PLACES = [
  {
    place: 'note',
    sql: `SELECT site_id AS site, company_key AS at, text || ' (' || author || ')' AS text FROM notes ORDER BY site_id, company_key, id`,
  },
  { place: 'tag', sql: 'SELECT site_id AS site, company_key AS at, tag AS text FROM tags ORDER BY site_id, company_key, tag' },
  { place: 'audit', sql: `SELECT '*' AS site, count(*) || ' entries' AS at, actor AS text FROM audit GROUP BY actor ORDER BY actor` },
  { place: 'token', sql: 'SELECT sites AS site, id AS at, name AS text FROM tokens ORDER BY hash' },
  { place: 'invitation', sql: `SELECT sites AS site, 'not used yet' AS at, name AS text FROM invitations ORDER BY hash` },
  { place: 'segment', sql: 'SELECT site_id AS site, id AS at, name AS text FROM segments ORDER BY site_id, id' },
  { place: 'rule', sql: 'SELECT site_id AS site, created AS at, why AS text FROM rules ORDER BY site_id, first, last' },
  { place: 'objection', sql: `SELECT '*' AS site, company_key AS at, why AS text FROM company_objections ORDER BY company_key` },
  { place: 'settings', sql: `SELECT id AS site, 'settings' AS at, name || ' ' || settings AS text FROM sites ORDER BY id` },
] as const

const AT_ONCE = 1_000

/** Everything that contains the words, whatever their case and accents. */
export async function searchWritten(databases: readonly D1Database[], words: string): Promise<Written[]> {
  const wanted = folded(words)
  const found: Written[] = []
  for (const db of databases) {
    for (const { place, sql } of PLACES) {
      for await (const row of rowsOf(db, sql)) if (folded(row.text).includes(wanted)) found.push({ place, ...row })
    }
  }
  return found
}

type Row = Omit<Written, 'place'>

async function* rowsOf(db: D1Database, sql: string): AsyncGenerator<Row> {
  for (let read = 0; ; read += AT_ONCE) {
    const { results } = await db.prepare(`${sql} LIMIT ?1 OFFSET ?2`).bind(AT_ONCE, read).all<Row>()
    yield* results
    if (results.length < AT_ONCE) return
  }
}

/** `Müller`, `MÜLLER` and `Muller` alike. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
