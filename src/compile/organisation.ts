/**
 * An organisation as the compiler knows it, and the rules of P4 that can be judged from its master data alone.
 */
import type { CompanyKey, CompanyKind } from '../words.ts'

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
  /** Where it was read, for reports. */
  readonly file: string
  readonly line: number
}

/** Why an organisation is left out of the table. The build report counts each. */
export const REJECTIONS = ['incomplete', 'too-few-people', 'vetoed', 'no-network', 'too-small'] as const
export type Rejection = (typeof REJECTIONS)[number]

/** P4: fewer people than this could be recognised in what "the company" did. */
const FEWEST_PEOPLE = 5

/**
 * What the master data alone forbids, or null. An unknown size passes here: the curated list holds legal persons
 * and public bodies that have an AS number of their own, which P4 accepts in its place.
 */
export function judgeMasterData(organisation: Organisation): Rejection | null {
  if (organisation.name === '' || organisation.country === '') return 'incomplete'
  const fewest = smallestOfBand(organisation.employees)
  if (fewest !== null && fewest < FEWEST_PEOPLE) return 'too-few-people'
  return null
}

/** The lower bound of a size band, null where the size is unknown. */
function smallestOfBand(band: string | null): number | null {
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
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return `own:${slug}-${country.toLowerCase()}` as CompanyKey
}
