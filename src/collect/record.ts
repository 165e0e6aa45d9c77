import type { Activity, Outcome, TotalsEntry } from '../ledger/activity.ts'
import { hourOf, localDay } from '../ledger/clock.ts'
import { isHidden } from '../ledger/hidden.ts'
import type { Site } from '../ledger/site.ts'
import { decide } from '../privacy/gate.ts'
import type { Objection } from '../privacy/objection.ts'
import { VisitorAddress } from '../privacy/visitor-address.ts'
import type { CompanyRecord } from '../words.ts'
import { countryOf, deviceOf, isBot, isPrefetch } from './browser.ts'
import type { WireEvent } from './event.ts'
import type { House } from './house.ts'
import { lookUp } from './look-up.ts'
import { isCollected, redact, type Trace } from './trace.ts'

/**
 * An event's way through the house after its body was read: site, gate, limits, sensitive path, and only then the
 * address; then ledger or totals, never both (P5). From the look-up on nothing derived from the request travels
 * towards the ledger but what {@link Trace} holds, redacted.
 */
export async function record(event: WireEvent, request: Request, objection: Objection | null, house: House): Promise<void> {
  const now = house.now()
  const site = await findSite(request.headers.get('origin'), house, now)
  if (site === null) return
  if (!decide(objection, site.basis, event.ok).open) return
  if (!isCollected(event.k, site)) return

  const trace = redact(event, site)
  if (trace === null || isPrefetch(request.headers)) return
  // Leaving adds time to a row of the ledger; for everybody else there is no row and nothing to count.
  const count = async (entry: TotalsEntry) => (event.k === 'leave' ? undefined : house.sink.totals(entry))

  if (!(await house.limit(`site:${site.id}`))) return count(bare('shed', site, now))
  if (isBot(request.headers)) return count(bare('bot', site, now))
  if (trace.sensitive) return count(totals('sensitive-path', trace, event, request, site, now))

  const rules = await house.rules.current(now)
  const company = await lookUp(VisitorAddress.from(request.headers), site.id, rules, house.ranges)
  if (company === null) return count(totals('unlisted', trace, event, request, site, now))
  if (company === 'block') return count(totals('rule', trace, event, request, site, now))
  if (isHidden(site.settings.hidden, company)) return count(totals('rule', trace, event, request, site, now))
  if (!site.settings.kinds.includes(company.kind)) return count(totals('kind', trace, event, request, site, now))

  const at = { siteId: site.id, company, path: trace.path, origin: originFor(company, trace, site) }
  if (event.k === 'leave') {
    const seconds = event.d ?? 0
    return house.sink.leave(Object.freeze({ ...at, hour: hourOf(now - seconds * 1000), seconds }), site.timeZone)
  }
  const activity: Activity = Object.freeze({ ...at, hour: hourOf(now), kind: event.k, name: trace.name })
  return house.sink.activity(activity, site.timeZone)
}

/** The site that owns the host of `Origin`; never taken from the body. */
async function findSite(origin: string | null, house: House, now: number): Promise<Site | null> {
  const host = origin === null ? null : hostOf(origin)
  return host === null ? null : ((await house.sites.current(now)).byPageHost.get(host) ?? null)
}

/** The host of an `Origin`, with its port where it has one. A plain one, as browsers write nearly all, is not parsed. */
function hostOf(origin: string): string | null {
  const plain = /^https?:\/\/([a-z0-9.-]+)$/.exec(origin)?.[1]
  if (plain !== undefined) return plain
  if (!URL.canParse(origin)) return null
  const url = new URL(origin)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : null
}

/** A journey is kept only for a company known to be large enough; otherwise only an entry page says where it came from. */
function originFor(company: CompanyRecord, trace: Trace, site: Site): string {
  if (trace.previous === null) return trace.source
  const { collect, journeysFrom } = site.settings
  return collect.journeys && leastEmployees(company.employees) >= journeysFrom ? trace.previous : ''
}

/** Lower end of a size band: 10001 of `10001+`, 201 of `201-500`; 0 where unknown. */
function leastEmployees(band: string | null): number {
  return Number.parseInt(band ?? '0', 10) || 0
}

/** One anonymous event: each dimension is counted by itself (P5). */
function totals(outcome: Outcome, trace: Trace, event: WireEvent, request: Request, site: Site, now: number): TotalsEntry {
  const counts: [TotalsEntry['counts'][number][0], string][] = [
    ['outcome', outcome],
    ['activity', event.k],
  ]
  if (event.k === 'view') {
    counts.push(['path', trace.path], ['country', countryOf(request.cf)], ['device', deviceOf(request.headers)])
    if (trace.previous === null) counts.push(['source', trace.source])
  }
  return { ...bare(outcome, site, now), counts }
}

function bare(outcome: Outcome, site: Site, now: number): TotalsEntry {
  return { siteId: site.id, day: localDay(hourOf(now), site.timeZone).day, counts: [['outcome', outcome]] }
}
