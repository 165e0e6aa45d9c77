import * as z from 'zod/mini'
import { COMPANY_FIELDS, COMPANY_KINDS, type CompanyKey, type CompanyRecord, type SiteId } from '../words.ts'
import { forgetAddress, parseAddress } from './address.ts'
import { type Bounds, compareBytes, parsedBytes, sizeOf } from './bounds.ts'

export { type Bounds, readBounds, storedBounds, writeBounds } from './bounds.ts'

/**
 * The operator's own ranges, per site or for all: `block` one, or `assign` it to a company. The most specific wins, a
 * rule beats the table, and `block` beats an equal `assign`. P4 binds them too: what is assigned must be large enough
 * that no row can be narrowed to fewer than 8 IPv4 addresses or 8 IPv6 /56 networks; what is blocked may be any size.
 */
export const ALL_SITES = '*'

/** A company as a rule names it; the receipt says that the operator did. */
export const RuleCompany = z.strictObject({
  key: z.string().check(z.regex(/^(?:lei|dom|own):\S{1,200}$/)),
  kind: z.enum(COMPANY_KINDS),
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  domain: z.nullable(z.string().check(z.maxLength(253))),
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  city: z.nullable(z.string().check(z.maxLength(100))),
  industry: z.nullable(z.string().check(z.maxLength(100))),
  employees: z.nullable(z.string().check(z.regex(/^\d+(?:-\d+|\+)?$/))),
})
export type RuleCompany = z.infer<typeof RuleCompany>

export interface Rule {
  readonly siteId: string
  readonly bounds: Bounds
  readonly action: 'block' | 'assign'
  readonly company: RuleCompany | null
  readonly why: string
  /** `YYYY-MM-DD`. */
  readonly created: string
}

/** P4: sizes below which an operator's range may not be assigned to a company. */
export const FEWEST_ADDRESSES = 8
/** 8 networks of /56: 2^72 addresses each. */
const FEWEST_V6 = 8 * 2 ** 72
const FEWEST_EMPLOYEES = 5

/** A /8 of IPv4 or a /19 of IPv6 (2^109 addresses) is a continent's, not a company's: a slip of the pen. */
const MOST_V4 = 2 ** 24
const MOST_V6 = 2 ** 109

/** Why a range may not be assigned to a company (P4). */
export type Unassignable = 'too-few-v4' | 'too-few-v6' | 'too-large' | 'size-unknown' | 'too-few-people'

/** Which of P4's conditions a range and its company miss, or null. */
export function unassignable(bounds: Bounds, company: RuleCompany): Unassignable | null {
  const size = sizeOf(bounds) + 1
  if (bounds.family === 4 && size < FEWEST_ADDRESSES) return 'too-few-v4'
  if (bounds.family === 6 && size < FEWEST_V6) return 'too-few-v6'
  if (size > (bounds.family === 4 ? MOST_V4 : MOST_V6)) return 'too-large'
  if (company.employees === null) return company.kind === 'government' || company.kind === 'education' ? null : 'size-unknown'
  return Number.parseInt(company.employees, 10) < FEWEST_EMPLOYEES ? 'too-few-people' : null
}

const SENTENCES: Readonly<Record<Unassignable, string>> = {
  'too-few-v4': `A company needs at least ${FEWEST_ADDRESSES} IPv4 addresses (a /29), so that a row never points to a desk`,
  'too-few-v6': 'A company needs at least 8 IPv6 networks of /56 (a /53); this range is smaller.',
  'too-large': 'No single company has a network that large (more than a /8 of IPv4 or a /19 of IPv6).',
  'size-unknown': 'Say how many people work there (employees, like 51-200): fewer than five are never named.',
  'too-few-people': 'Fewer than five people work there: they are never named as a company.',
}

/** The same as a sentence. */
export function whyNotAssign(bounds: Bounds, company: RuleCompany): string | null {
  const why = unassignable(bounds, company)
  if (why === null) return null
  return why === 'too-few-v4' ? `${SENTENCES[why]}; this range has ${sizeOf(bounds) + 1}.` : SENTENCES[why]
}

/** The key of a company that an operator describes: its domain's, else one of its name and country. */
export function ownKey({ name, country, domain }: Pick<RuleCompany, 'name' | 'country' | 'domain'>): string {
  if (domain !== null) return `dom:${domain.toLowerCase()}`
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `own:${slug}-${country.toLowerCase()}`
}

/** What the rules say of an address: a company, `block`, or nothing. */
export type RuleAnswer = CompanyRecord | 'block' | null

/** Rules ready to be asked, kept in the isolate. */
export interface RuleSet {
  /** Asks for the site's own rules and those for all sites. Never throws. */
  ask(address: string, siteId: SiteId): RuleAnswer
}

export function ruleSet(rules: readonly Rule[]): RuleSet {
  // The first that holds the address is the most specific; of equal ones `block` stands first.
  const ordered = rules.toSorted(
    (a, b) => sizeOf(a.bounds) - sizeOf(b.bounds) || Number(b.action === 'block') - Number(a.action === 'block'),
  )
  return {
    ask(address, siteId) {
      if (ordered.length === 0) return null
      const family = parseAddress(address)
      if (family === 0) return null
      const bytes = parsedBytes(family)
      forgetAddress()
      const rule = ordered.find(({ siteId: of, bounds }) => (of === siteId || of === ALL_SITES) && holds(bounds, bytes))
      if (rule === undefined) return null
      // P4 again: a rule that reached the table by another way than the commands names nobody.
      if (rule.action === 'block' || rule.company === null || whyNotAssign(rule.bounds, rule.company) !== null) return 'block'
      return record(rule.company, rule.created)
    },
  }
}

function holds({ first, last }: Bounds, bytes: Uint8Array): boolean {
  return compareBytes(first, bytes) <= 0 && compareBytes(bytes, last) <= 0
}

function record(company: RuleCompany, created: string): CompanyRecord {
  return {
    ...company,
    key: company.key as CompanyKey,
    receipt: {
      source: 'operator’s rule',
      licence: 'none needed',
      sourceVersion: '1',
      sourceDate: created,
      evidence: 'the operator assigned this network to the company',
      confidence: 100,
      tableVersion: 'none',
      fields: [{ source: 'operator’s rule', date: created, fields: COMPANY_FIELDS.filter((field) => company[field] !== null) }],
    },
  }
}
