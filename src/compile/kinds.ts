/**
 * Which kind of organisation an industry of the curated list is. Sites show business, government and research
 * unless told otherwise, so the kind decides who sees whom; an industry that nobody has decided about is an error
 * of the list, never a silent "business".
 */
import type { CompanyKind } from '../words.ts'

/**
 * Houses that run systems for others: what comes out of their networks may be a customer's staff, so they are
 * shown only where a site asks for them. A maker of software or hardware is a business; a consultancy too.
 */
const IT_SERVICE = ['IT services']
/** Public bodies, central banks and bodies made by treaty. */
const GOVERNMENT = ['Government', 'Central bank']
const RESEARCH = ['Research']
/** None on today's list; the words are here so that a university added tomorrow is not a business. */
const EDUCATION = ['Education', 'University', 'School']
const NONPROFIT = ['Nonprofit', 'Foundation']
const BUSINESS = [
  'Aerospace & defense', 'Airlines', 'Apparel', 'Asset management', 'Automotive', 'Banking', 'Biotechnology', 'Business services',
  'Chemicals', 'Conglomerate', 'Construction materials', 'Consulting', 'Consumer electronics', 'Consumer goods', 'E-commerce',
  'Electrical equipment', 'Electronics', 'Energy', 'Energy equipment', 'Exchanges', 'Financial data', 'Financial services',
  'Food & beverage', 'Healthcare', 'Household appliances', 'IT hardware', 'Industrial', 'Industrial automation', 'Insurance', 'Internet',
  'Life sciences', 'Logistics', 'Luxury goods', 'Media', 'Medical technology', 'Mining & metals', 'Mobility', 'Network equipment',
  'Oil & gas', 'Paper & forest', 'Pharmaceuticals', 'Rail transport', 'Restaurants', 'Retail', 'Semiconductors', 'Software', 'Steel',
  'Telecom equipment', 'Trading', 'Travel', 'Video games', 'Wholesale',
] // biome-ignore format: a word list reads better in lines than in a column

const KIND_OF_INDUSTRY = new Map<string, CompanyKind>([
  ...BUSINESS.map((industry) => [industry, 'business'] as const),
  ...IT_SERVICE.map((industry) => [industry, 'it-service'] as const),
  ...GOVERNMENT.map((industry) => [industry, 'government'] as const),
  ...RESEARCH.map((industry) => [industry, 'research'] as const),
  ...EDUCATION.map((industry) => [industry, 'education'] as const),
  ...NONPROFIT.map((industry) => [industry, 'nonprofit'] as const),
])

/**
 * Organisations whose industry says what they do but not what they are: a postal service can be a company (DHL)
 * or an agency of the state.
 */
const KIND_OF_DOMAIN = new Map<string, CompanyKind>([
  ['usps.com', 'government'], // an independent agency of the US executive branch
  ['rundfunkbeitrag.de', 'government'], // joint office of the public broadcasters that collects a levy
])

/** The kind, or null for an industry nobody has decided about. */
export function kindOf(industry: string, domain: string | null): CompanyKind | null {
  return (domain === null ? undefined : KIND_OF_DOMAIN.get(domain)) ?? KIND_OF_INDUSTRY.get(industry) ?? null
}
