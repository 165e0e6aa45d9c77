/**
 * Who may see the admin. Of a token only its SHA-256 is kept; it is found by that hash, which says nothing about the
 * token: whoever can measure how long the search took learns of a hash he already knows how to compute.
 */
export const ROLES = ['viewer', 'analyst', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** Sites as stored: `*`, or a JSON array of ids. */
export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly sites: string
  /** `YYYY-MM-DD`. */
  readonly created: string
  /** Hours since 1970 UTC. */
  readonly expires: number | null
  readonly lastUsed: number | null
  readonly revoked: number | null
}

export interface TokenWithHash extends TokenRow {
  readonly hash: string
}

/** The token with this hash, if it may be used in this hour. */
export function findToken(db: D1Database, hash: string, hour: number): Promise<TokenWithHash | null> {
  return db
    .prepare(
      `SELECT hash, id, name, role, sites, created, expires, last_used AS lastUsed, revoked FROM tokens
        WHERE hash = ?1 AND revoked IS NULL AND (expires IS NULL OR expires > ?2)`,
    )
    .bind(hash, hour)
    .first<TokenWithHash>()
}

/** Notes the hour of use; writes once an hour at most. */
export async function markUsed(db: D1Database, hash: string, hour: number): Promise<void> {
  await db.prepare('UPDATE tokens SET last_used = ?2 WHERE hash = ?1 AND (last_used IS NULL OR last_used < ?2)').bind(hash, hour).run()
}

export async function readTokens(db: D1Database): Promise<TokenRow[]> {
  const { results } = await db
    .prepare('SELECT id, name, role, sites, created, expires, last_used AS lastUsed, revoked FROM tokens ORDER BY created DESC, id')
    .all<TokenRow>()
  return results
}

export interface NewToken {
  readonly hash: string
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly sites: string
  readonly created: string
  readonly expires: number | null
}

export function addToken(db: D1Database, { hash, id, name, role, sites, created, expires }: NewToken): D1PreparedStatement {
  return db
    .prepare('INSERT INTO tokens (hash, id, name, role, sites, created, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)')
    .bind(hash, id, name, role, sites, created, expires)
}

/** Ends a token and every browser signed in with it. */
export function revokeToken(db: D1Database, id: string, hour: number): D1PreparedStatement[] {
  return [
    db.prepare('UPDATE tokens SET revoked = ?2 WHERE id = ?1 AND revoked IS NULL').bind(id, hour),
    db.prepare('DELETE FROM sign_ins WHERE token_id = ?1').bind(id),
  ]
}

/**
 * Takes a site that is deleted out of every scope; a token or invitation of no other site goes with it. A site made
 * later under the same id must not be seen by those who saw the first (P8).
 */
export function leaveSite(db: D1Database, site: string): D1PreparedStatement[] {
  return [
    db
      .prepare(
        `UPDATE tokens SET sites = (SELECT json_group_array(value) FROM json_each(tokens.sites) WHERE value <> ?1)
          WHERE EXISTS (SELECT 1 FROM json_each(iif(tokens.sites = '*', '[]', tokens.sites)) WHERE value = ?1)`,
      )
      .bind(site),
    db
      .prepare(
        `UPDATE invitations SET sites = (SELECT json_group_array(value) FROM json_each(invitations.sites) WHERE value <> ?1)
          WHERE EXISTS (SELECT 1 FROM json_each(iif(invitations.sites = '*', '[]', invitations.sites)) WHERE value = ?1)`,
      )
      .bind(site),
    db.prepare("DELETE FROM sign_ins WHERE token_id IN (SELECT id FROM tokens WHERE sites = '[]')"),
    db.prepare("DELETE FROM invitations WHERE sites = '[]'"),
    db.prepare("DELETE FROM tokens WHERE sites = '[]'"),
  ]
}

export interface Invitation {
  readonly hash: string
  readonly name: string
  readonly role: Role
  readonly sites: string
  /** Minutes since 1970 UTC. */
  readonly expires: number
}

export function addInvitation(db: D1Database, { hash, name, role, sites, expires }: Invitation): D1PreparedStatement {
  return db
    .prepare('INSERT INTO invitations (hash, name, role, sites, expires) VALUES (?1, ?2, ?3, ?4, ?5)')
    .bind(hash, name, role, sites, expires)
}

/** Takes an invitation: it is gone with the answer, so two requests cannot both have it. */
export async function takeInvitation(db: D1Database, hash: string, minute: number): Promise<Invitation | null> {
  const { results } = await db
    .prepare('DELETE FROM invitations WHERE hash = ?1 RETURNING hash, name, role, sites, expires')
    .bind(hash)
    .all<Invitation>()
  const found = results[0]
  return found !== undefined && found.expires > minute ? found : null
}
