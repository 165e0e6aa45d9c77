import type { SiteId } from '../words.ts'

/** What the company list can be filtered by on this site: what its companies' master data have, each once, in order. */
export interface FilterValues {
  readonly countries: readonly string[]
  readonly industries: readonly string[]
  readonly sizes: readonly string[]
}

export async function readFilterValues(db: D1Database, siteId: SiteId): Promise<FilterValues> {
  const { results } = await db
    .prepare('SELECT DISTINCT country, industry, employees FROM companies WHERE site_id = ?1')
    .bind(siteId)
    .all<{ country: string; industry: string | null; employees: string | null }>()
  const known = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))].sort()
  return {
    countries: known(results.map(({ country }) => country)),
    industries: known(results.map(({ industry }) => industry)),
    sizes: known(results.map(({ employees }) => employees)).sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
  }
}
