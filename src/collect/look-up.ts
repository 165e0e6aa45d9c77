import type { VisitorAddress } from '../privacy/visitor-address.ts'
import { resolve } from '../ranges/resolve.ts'
import type { RuleSet } from '../ranges/rules.ts'
import type { RangeStore } from '../ranges/store.ts'
import type { CompanyRecord, SiteId } from '../words.ts'

/** Which company, `block` by a rule of the operator, or nobody. */
export type Answer = CompanyRecord | 'block' | null

/** The only place where a visitor address is opened: the operator's rules first, then the range table. */
export async function lookUp(address: VisitorAddress, siteId: SiteId, rules: RuleSet, ranges: RangeStore): Promise<Answer> {
  return address.open(async (text) => {
    const ruled = rules.ask(text, siteId)
    if (ruled !== null) return ruled
    const resolution = await resolve(text, ranges)
    return resolution.found ? resolution.company : null
  })
}
