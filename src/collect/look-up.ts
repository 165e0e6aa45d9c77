import type { VisitorAddress } from '../privacy/visitor-address.ts'
import { resolve } from '../ranges/resolve.ts'
import type { RangeStore } from '../ranges/store.ts'
import type { CompanyRecord, SiteId } from '../words.ts'
import type { HouseRules } from './rule-list.ts'

/** Which company, `block` by a rule of the operator, or nobody. */
export type Answer = CompanyRecord | 'block' | null

/** The only place where a visitor address is opened: the operator's rules first, then the range table; a company that objected is nobody, like any that was never listed. */
export async function lookUp(address: VisitorAddress, siteId: SiteId, rules: HouseRules, ranges: RangeStore): Promise<Answer> {
  return address.open(async (text) => {
    const ruled = rules.ask(text, siteId)
    if (ruled === 'block') return ruled
    if (ruled !== null) return rules.objects(ruled) ? null : ruled
    const resolution = await resolve(text, ranges)
    return resolution.found && !rules.objects(resolution.company) ? resolution.company : null
  })
}
