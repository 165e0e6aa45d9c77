import { resolve } from '../ranges/resolve.ts'
import type { CompanyRecord, SiteId } from '../words.ts'
import type { House } from './house.ts'

/**
 * *Look up an address*: one that an operator typed, asked of rules, objections and table as a visit of this site would be.
 * The text is used here and nowhere else: it is not kept, not counted, and no answer repeats it (P2).
 */
export interface TypedAnswer {
  readonly why: 'table' | 'rule' | 'kind' | 'block' | 'objection' | 'unlisted' | 'not-an-address' | 'table-fault'
  readonly company: CompanyRecord | null
}

export async function lookUpTyped(address: string, siteId: SiteId, house: House): Promise<TypedAnswer> {
  const now = house.now()
  const [rules, { byId }] = await Promise.all([house.rules.current(now), house.sites.current(now)])
  const ruled = rules.ask(address, siteId)
  if (ruled === 'block') return { why: 'block', company: null }
  const found = ruled === null ? await resolve(address, house.ranges) : { found: true as const, company: ruled }
  if (!found.found) return { why: found.why === 'unlisted' || found.why === 'not-an-address' ? found.why : 'table-fault', company: null }
  // A company that objected is not named here either.
  if (rules.objects(found.company)) return { why: 'objection', company: null }
  const shown = byId.get(siteId)?.settings.kinds.includes(found.company.kind) === true
  return { why: shown ? (ruled === null ? 'table' : 'rule') : 'kind', company: found.company }
}
