import { isHidden } from '../ledger/hidden.ts'
import { decide, type GateReason } from '../privacy/gate.ts'
import { readObjection } from '../privacy/objection.ts'
import { VisitorAddress } from '../privacy/visitor-address.ts'
import type { CompanyRecord, SiteId } from '../words.ts'
import { isBot } from './browser.ts'
import type { House } from './house.ts'
import { lookUp } from './look-up.ts'

/**
 * *Explain my visit*: an operator's own request, signed in, through gate and look-up as an event of this site would go.
 * Stores nothing; an objection of the operator's browser ends it before the address is read, as for everybody (P1).
 */
export interface Explanation {
  readonly outcome: 'company' | 'counted' | 'blocked'
  readonly reason: GateReason | 'unlisted' | 'rule' | 'kind' | 'bot' | 'listed'
  readonly company: CompanyRecord | null
}

export async function explain(request: Request, house: House, siteId: SiteId, consent: boolean): Promise<Explanation> {
  const now = house.now()
  const site = (await house.sites.current(now)).byId.get(siteId)
  if (site === undefined) return { outcome: 'blocked', reason: 'site-off', company: null }
  const gate = decide(readObjection(request.headers), site.basis, consent ? 1 : undefined)
  if (!gate.open) return { outcome: 'blocked', reason: gate.reason, company: null }
  if (isBot(request.headers)) return { outcome: 'counted', reason: 'bot', company: null }
  const found = await lookUp(VisitorAddress.from(request.headers), siteId, await house.rules.current(now), house.ranges)
  if (found === null) return { outcome: 'counted', reason: 'unlisted', company: null }
  if (found === 'block') return { outcome: 'counted', reason: 'rule', company: null }
  if (isHidden(site.settings.hidden, found)) return { outcome: 'counted', reason: 'rule', company: null }
  if (!site.settings.kinds.includes(found.kind)) return { outcome: 'counted', reason: 'kind', company: found }
  return { outcome: 'company', reason: 'listed', company: found }
}
