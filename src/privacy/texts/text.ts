import { cookieReaches } from '../../hosts.ts'
import type { Language } from '../language.ts'
import type { Manifest } from '../manifest.ts'
import { VISITOR_TEXTS } from './visitor.ts'

/**
 * What every generated text is made from (P10): the same manifest that `/.well-known/doorplate.json` serves, so that
 * a notice cannot say something else than the machine does. Pure: no clock, no network, no Node; a page may show the
 * texts as well as the command line.
 */
export interface TextSource {
  readonly manifest: Manifest
  /** Day the text is made, `YYYY-MM-DD`. */
  readonly date: string
  /** Hosts of the site's pages and hosts on which it reaches Doorplate. */
  readonly pageHosts: readonly string[]
  readonly endpointHosts: readonly string[]
  /** Who confirmed the balancing test: in the operator's own papers, not in the manifest. */
  readonly confirmedBy: string | null
}

/** A field of the site's settings that a text must name. */
export const PARTIES = ['controller', 'contact', 'dataProtectionOfficer', 'authority', 'policy'] as const
export type Party = (typeof PARTIES)[number]

export interface Text {
  readonly title: Readonly<Record<Language, string>>
  /** Fields without which the text would have a hole. */
  readonly needs: readonly Party[]
  /** Why the text does not fit this site, as a sentence for the operator; null when it does. */
  readonly unfit?: (manifest: Manifest) => string | null
  readonly body: Readonly<Record<Language, (facts: Facts) => string>>
}

/** A source, read once, in the words of one language. */
export interface Facts {
  readonly manifest: Manifest
  readonly date: string
  readonly parties: Readonly<Record<Party, string>>
  /** `www.example.com and shop.example.com`. */
  readonly pages: string
  /** `https://t.example.com`. */
  readonly endpoint: string
  /** Where a visitor objects; on a host whose cookie cannot reach the site that is a link on the site itself. */
  readonly optOut: string
  readonly consent: boolean
  readonly confirmedBy: string
  readonly collects: (what: string) => boolean
  /** What is switched on, as the settings call it; `none` for nothing. */
  readonly switchedOn: string
  /** Kinds of organisations the site shows. */
  readonly kinds: string
  /** Employees from which journeys are kept. */
  readonly journeysFrom: string
  /** `source (licence, date); …`. */
  readonly tableSources: string
  /** `90 days`, `396 days (about 13 months)`. */
  readonly ledger: string
  readonly totals: string
}

/** A hole for the operator's pen. */
export const BLANK = '____________'

export function readFacts(source: TextSource, language: Language): Facts {
  const { manifest } = source
  const party = (name: Party): string => officer(name, manifest.site.parties[name], language) ?? BLANK
  return {
    manifest,
    date: source.date,
    parties: {
      controller: party('controller'),
      contact: party('contact'),
      dataProtectionOfficer: party('dataProtectionOfficer'),
      authority: party('authority'),
      policy: party('policy'),
    },
    pages: listed(source.pageHosts, language) || BLANK,
    endpoint: originOf(source.endpointHosts[0] ?? source.pageHosts[0] ?? BLANK),
    optOut: objectAt(source, language),
    consent: manifest.site.basis === 'consent',
    confirmedBy: source.confirmedBy ?? BLANK,
    collects: (what) => manifest.site.collects[what] === true,
    switchedOn: switchesOf(manifest) || (language === 'de' ? 'keine' : 'none'),
    kinds: listed(
      manifest.site.kindsShown.map((kind) => VISITOR_TEXTS[language].kinds[kind]),
      language,
    ),
    journeysFrom: String(manifest.thresholds.journeysFromEmployees),
    tableSources: manifest.rangeTable?.sources.map(({ name, licence, date }) => `${name} (${licence}, ${date})`).join('; ') ?? BLANK,
    ledger: span(manifest.retention.companyLedgerDays, language),
    totals: span(manifest.retention.totalsDays, language),
  }
}

function switchesOf({ site }: Manifest): string {
  const on = Object.entries(site.collects).filter(([, value]) => value)
  return on.map(([what]) => `\`${what}\``).join(', ')
}

function objectAt({ endpointHosts, pageHosts }: TextSource, language: Language): string {
  const [endpoint] = endpointHosts
  if (endpoint !== undefined && pageHosts.every((page) => cookieReaches(endpoint, page)))
    return `${originOf(endpoint)}/opt-out?lang=${language}`
  return language === 'de'
    ? 'der Verweis mit dem Ziel `#doorplate-opt-out` auf der Website selbst'
    : 'the link to `#doorplate-opt-out` on the website itself'
}

/** A demo on this machine has no certificate. */
export function originOf(host: string): string {
  return `${/^(localhost|127\.0\.0\.1)(:|$)/.test(host) ? 'http' : 'https'}://${host}`
}

/** Not every controller must appoint an officer (Art. 37 GDPR); `none` says that nobody was. */
function officer(name: Party, value: string | null, language: Language): string | null {
  if (name !== 'dataProtectionOfficer' || value?.toLowerCase() !== 'none') return value
  return language === 'de' ? 'nicht benannt' : 'none appointed'
}

/** Days, and months where they are many. */
export function span(days: number, language: Language): string {
  const months = Math.round(days / 30.44)
  if (language === 'de') return months < 4 ? `${days} Tage` : `${days} Tage (rund ${months} Monate)`
  return months < 4 ? `${days} days` : `${days} days (about ${months} months)`
}

/** `a, b and c`. */
export function listed(items: readonly string[], language: Language): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${language === 'de' ? 'und' : 'and'} ${items.at(-1)}`
}

/** Markdown paragraphs and blocks, those that do not apply (null) left out. */
export function blocks(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join('\n\n')
}

/** A Markdown list, entries that do not apply left out. */
export function bullets(...items: readonly (string | null)[]): string {
  return items
    .filter((item) => item !== null)
    .map((item) => `- ${item}`)
    .join('\n')
}

/** A Markdown table; bars and line breaks inside a cell would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}
