import type { Site } from '../ledger/site.ts'
import { redactName } from '../privacy/name.ts'
import { storedPath, wholePath } from '../privacy/redact.ts'
import { isSensitive } from '../privacy/sensitive.ts'
import { redactSource } from '../privacy/source.ts'
import type { WireEvent } from './event.ts'

/** What may be stored of an event: redacted, and nothing else of it. */
export interface Trace {
  readonly path: string
  readonly sensitive: boolean
  /** Previous path on the site; empty where it was sensitive; null where the page was an entry. */
  readonly previous: string | null
  /** Outside source of an entry page. */
  readonly source: string
  readonly name: string
}

/** Null where the event names no path. */
export function redact(event: WireEvent, site: Site): Trace | null {
  const { sensitive, patterns, sources, names, collect } = site.settings
  const whole = wholePath(event.p)
  if (whole === null) return null
  const campaign = collect.campaigns ? { campaignSource: event.us, campaignMedium: event.um } : NO_CAMPAIGN
  return {
    path: storedPath(whole, patterns),
    sensitive: isSensitive(whole, sensitive),
    previous: event.f === undefined ? null : previousOf(event.f, site),
    // Of an entry page only: elsewhere nobody asks where it came from.
    source: event.f === undefined ? redactSource({ referrer: event.r, ...campaign }, sources) : '',
    name: event.k === 'view' || event.k === 'leave' ? '' : redactName(event.n, names),
  }
}

/** Empty where the page before was sensitive, or is no path. */
function previousOf(raw: string, { settings: { patterns, sensitive } }: Site): string {
  const whole = wholePath(raw)
  return whole === null || isSensitive(whole, sensitive) ? '' : storedPath(whole, patterns)
}

const NO_CAMPAIGN = { campaignSource: undefined, campaignMedium: undefined } as const

/** The site's switches, enforced here whatever the page sends. */
export function isCollected(kind: WireEvent['k'], { settings: { collect } }: Site): boolean {
  switch (kind) {
    case 'view':
      return true
    case 'leave':
      return collect.time
    case 'download':
      return collect.downloads
    case 'outbound':
      return collect.outbound
    case 'form':
      return collect.forms
    case 'event':
      return collect.events
  }
}
