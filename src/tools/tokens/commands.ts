import { randomBytes } from '../../admin/house.ts'
import { readScope, writeScope } from '../../admin/principal.ts'
import { mint, sha256 } from '../../admin/secret.ts'
import { hourOf } from '../../ledger/clock.ts'
import { ALL_SITES, auditEntry, minuteOf } from '../../ledger/desk/audit.ts'
import { addInvitation, addToken, ROLES, type Role, readTokens, revokeToken } from '../../ledger/desk/tokens.ts'
import { readSites } from '../../ledger/sites.ts'
import type { SiteId } from '../../words.ts'

/** What `npm run tokens` does, on an open database. */
export interface Wishes {
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly site: readonly string[]
  readonly allSites: boolean
  readonly days?: string | undefined
  /** Where the admin is. */
  readonly url: string
}

export interface Told {
  readonly code: 0 | 1
  /** What a script reads. */
  readonly out: string
  /** What a person reads beside it. */
  readonly hint?: string
}

/** A usage that does not fit; the message says what would. */
export class WrongUsage extends Error {}

const INVITED_MINUTES = 15

export async function create(db: D1Database, wishes: Wishes, now: number): Promise<Told> {
  const { name, role, sites } = await whoFor(db, wishes)
  const days = wishes.days === undefined ? null : Number(wishes.days)
  if (days !== null && !(Number.isInteger(days) && days > 0)) throw new WrongUsage('--days is a whole number of days.')
  const token = mint('dp_', randomBytes)
  const row = { id: hex(8), name, role, sites, created: new Date(now).toISOString().slice(0, 10) }
  const expires = days === null ? null : hourOf(now) + days * 24
  await db.batch([addToken(db, { ...row, hash: await sha256(token), expires }), entry(db, 'token.create', role, now)])
  return { code: 0, out: token, hint: `${role} "${name}", id ${row.id}. It is shown this once: keep it in a password manager.` }
}

export async function invite(db: D1Database, wishes: Wishes, now: number): Promise<Told> {
  if (!URL.canParse(wishes.url)) throw new WrongUsage('--url is the address of the admin: https://t.example.com')
  const { name, role, sites } = await whoFor(db, wishes)
  const code = mint('dpi_', randomBytes)
  const invitation = { hash: await sha256(code), name, role, sites, expires: minuteOf(now) + INVITED_MINUTES }
  await db.batch([addInvitation(db, invitation), entry(db, 'token.invite', role, now)])
  const link = new URL(`/admin/invitation?code=${code}`, wishes.url).href
  return { code: 0, out: link, hint: `Works once, within ${INVITED_MINUTES} minutes, for ${role} "${name}".` }
}

export async function list(db: D1Database, json: boolean): Promise<Told> {
  const day = (hour: number | null) => (hour === null ? null : new Date(hour * 3_600_000).toISOString().slice(0, 13).replace('T', ' '))
  const tokens = (await readTokens(db)).map(({ sites, expires, lastUsed, revoked, ...token }) => {
    const scope = readScope(sites)
    return { ...token, sites: scope === '*' ? scope : [...scope], expires: day(expires), lastUsed: day(lastUsed), revoked: day(revoked) }
  })
  if (json) return { code: 0, out: JSON.stringify(tokens) }
  if (tokens.length === 0)
    return { code: 0, out: 'No token besides the bootstrap one. npm run tokens -- create --name … --role … --site …' }
  const lines = tokens.map(({ id, name, role, sites, expires, lastUsed, revoked }) => {
    const state =
      revoked === null ? `last used ${lastUsed ?? 'never'}${expires === null ? '' : `, ends ${expires} h`}` : `revoked ${revoked} h`
    return `${id}  ${role}  ${sites === '*' ? 'all sites' : [...sites].join(', ')}  ${name}  ${state}`
  })
  return { code: 0, out: lines.join('\n') }
}

export async function revoke(db: D1Database, id: string, now: number): Promise<Told> {
  const found = (await readTokens(db)).find((token) => token.id === id)
  if (found === undefined) return { code: 1, out: '', hint: 'There is no token with this id. "list" shows them.' }
  await db.batch([...revokeToken(db, id, hourOf(now)), entry(db, 'token.revoke', found.role, now)])
  return { code: 0, out: `Revoked "${found.name}"; its browsers are signed out.` }
}

async function whoFor(db: D1Database, { name, role, site, allSites }: Wishes): Promise<{ name: string; role: Role; sites: string }> {
  if (name === undefined || name.trim() === '') throw new WrongUsage('Say what it is called: --name CRM')
  const known = ROLES.find((each) => each === role)
  if (known === undefined) throw new WrongUsage(`Say the role: --role ${ROLES.join(', ')}`)
  if (allSites === site.length > 0) throw new WrongUsage('Say the sites: --site <id>, or --all-sites.')
  const { byId } = await readSites(db)
  const missing = site.find((id) => !byId.has(id as SiteId))
  if (missing !== undefined) throw new Error(`There is no site "${missing}". "npm run sites -- list" shows them.`)
  return { name: name.trim(), role: known, sites: writeScope(allSites ? '*' : new Set(site)) }
}

function entry(db: D1Database, action: 'token.create' | 'token.invite' | 'token.revoke', detail: string, now: number): D1PreparedStatement {
  return auditEntry(db, hex(8), { site: ALL_SITES, minute: minuteOf(now), actor: 'npm run tokens', action, detail, rows: 1 })
}

function hex(length: number): string {
  return Buffer.from(randomBytes(length)).toString('hex')
}
