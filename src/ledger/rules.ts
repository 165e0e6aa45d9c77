/**
 * Rows of the operator's rules. What a range means is the business of `ranges/rules`; here it is 16 bytes and 16 bytes.
 */
export interface RuleRow {
  /** A site's id, or `*` for all. */
  readonly siteId: string
  readonly first: Uint8Array
  readonly last: Uint8Array
  readonly action: 'block' | 'assign'
  /** JSON of the company; null for `block`. */
  readonly company: string | null
  readonly why: string
  /** `YYYY-MM-DD`. */
  readonly created: string
}

type Row = Omit<RuleRow, 'first' | 'last'> & { readonly first: string; readonly last: string }

/** All rules, or those of one site with those for all. Read as hex, for every way to D1 hands blobs back in its own shape. */
export async function readRules(db: D1Database, siteId: string | null = null): Promise<RuleRow[]> {
  const { results } = await db
    .prepare(
      `SELECT site_id AS siteId, hex(first) AS first, hex(last) AS last, action, company, why, created FROM rules
        WHERE ?1 IS NULL OR site_id IN (?1, '*') ORDER BY site_id, first, last`,
    )
    .bind(siteId)
    .all<Row>()
  return results.map((row) => ({ ...row, first: fromHex(row.first), last: fromHex(row.last) }))
}

/** Adds a rule, or replaces the one with the same range on the same site. */
export async function saveRule(db: D1Database, rule: RuleRow): Promise<void> {
  await db
    .prepare(
      `INSERT INTO rules (site_id, first, last, action, company, why, created) VALUES (?1, unhex(?2), unhex(?3), ?4, ?5, ?6, ?7)
       ON CONFLICT DO UPDATE SET action = ?4, company = ?5, why = ?6, created = ?7`,
    )
    .bind(rule.siteId, toHex(rule.first), toHex(rule.last), rule.action, rule.company, rule.why, rule.created)
    .run()
}

/** Removes a rule; false when there was none with exactly this range on this site. */
export async function removeRule(db: D1Database, siteId: string, first: Uint8Array, last: Uint8Array): Promise<boolean> {
  const gone = await db
    .prepare('DELETE FROM rules WHERE site_id = ?1 AND first = unhex(?2) AND last = unhex(?3) RETURNING site_id')
    .bind(siteId, toHex(first), toHex(last))
    .all()
  return gone.results.length > 0
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
