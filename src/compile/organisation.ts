/**
 * An organisation as the compiler knows it, and the rules of P4 that can be judged from its master data alone.
 */
import type { CompanyField, CompanyKey, CompanyKind } from '../words.ts'
import type { LegalForm } from './vetoes/legal-forms.ts'

/** Where a field is from: a source of the build by its index, or one that says itself what it is. */
export type Origin = number | { readonly source: string; readonly date: string | null }
export type Origins = Readonly<Partial<Record<CompanyField, Origin>>>

export interface Organisation {
  readonly key: CompanyKey
  readonly kind: CompanyKind
  readonly name: string
  readonly domain: string | null
  readonly country: string
  readonly city: string | null
  readonly industry: string | null
  /** Size band, `10001+` or `201-500`; null where unknown. */
  readonly employees: string | null
  /** Numbers of its own autonomous systems. */
  readonly asns: readonly number[]
  readonly legalForm?: string | null
  readonly postcode?: string | null
  readonly lei?: string | null
  readonly registerId?: string | null
  /** Of the fields that are not from the source of the claim. */
  readonly origins?: Origins
  /** Where it was read, for reports. */
  readonly file: string
  readonly line: number
}

/** Why a network names nobody although something speaks for an organisation. The build report counts each. */
export const REJECTIONS = [
  'incomplete', // name or country missing, or the name cut off
  'too-few-people',
  'unknown-size',
  'one-person', // sole traders, and forms that mostly are one person
  'partnership', // persons in partnership
  'person-name',
  'never-listed', // being on that network says something about a person
  'network-name', // dynamic, pool, guest, broadband …
  'provider', // a source calls it a provider's
  'denied', // a deny list
  'objection', // the company objected
  'namesake', // a name that several institutions of the country have, on several networks
  'too-weak', // less than LISTED_AT after penalties
  'no-network',
  'too-small', // fewer than 8 IPv4 addresses and 8 IPv6 /56
] as const
export type Rejection = (typeof REJECTIONS)[number]

/** P4: fewer people than this could be recognised in what "the company" did. */
const FEWEST_PEOPLE = 5
/** Bodies of the state and of the law: nobody founds a ministry with one person. */
const PUBLIC: readonly CompanyKind[] = ['government', 'education', 'research']

export interface SizeRules {
  /** The operator lists partnerships of persons (KG, OHG, GbR, PartG) whose size is known. Off by default. */
  readonly partnerships: boolean
  /** Holds an AS number of its own, which takes a legal person and a reason. */
  readonly ownNetwork: boolean
}

/** What the master data alone forbids, or null (P4). */
export function judgeMasterData(organisation: Organisation, form: LegalForm | null, rules: SizeRules): Rejection | null {
  if (organisation.name === '' || organisation.country === '') return 'incomplete'
  const fewest = smallestOfBand(organisation.employees)
  if (fewest !== null && fewest < FEWEST_PEOPLE) return 'too-few-people'
  if (form?.group === 'one-person') return 'one-person'
  if (form?.group === 'partnership' && !(rules.partnerships && fewest !== null)) return 'partnership'
  if (fewest !== null) return null
  if (form?.group === 'perhaps-one-person') return 'one-person'
  return rules.ownNetwork || PUBLIC.includes(organisation.kind) ? null : 'unknown-size'
}

/** The lower bound of a size band, null where the size is unknown. */
export function smallestOfBand(band: string | null): number | null {
  const digits = band === null ? null : /^\d+/.exec(band)
  return digits === null ? null : Number(digits[0])
}

/**
 * The company key: the domain where there is one, else a slug of name and country. It is made of content only, so
 * every machine and every build arrives at the same one.
 */
export function companyKey(domain: string | null, name: string, country: string): CompanyKey {
  if (domain !== null) return `dom:${domain}` as CompanyKey
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return `own:${slug}-${country.toLowerCase()}` as CompanyKey
}
