/**
 * The options of `npm run sites` as changes of a site: what is not given stays as it is.
 */
import { COLLECTED, type SettingsInput, SITE_DEFAULTS } from '../../ledger/settings.ts'
import type { SiteDraft } from '../../ledger/sites.ts'
import { BASES } from '../../words.ts'

export const OPTIONS = {
  host: { type: 'string', multiple: true },
  endpoint: { type: 'string', multiple: true },
  name: { type: 'string' },
  basis: { type: 'string' },
  'time-zone': { type: 'string' },
  'confirmed-by': { type: 'string' },
  date: { type: 'string' },
  'review-by': { type: 'string' },
  kinds: { type: 'string' },
  collect: { type: 'string' },
  'journeys-from': { type: 'string' },
  names: { type: 'string' },
  sources: { type: 'string' },
  sensitive: { type: 'string' },
  patterns: { type: 'string' },
  'web-logs-days': { type: 'string' },
  controller: { type: 'string' },
  contact: { type: 'string' },
  dpo: { type: 'string' },
  authority: { type: 'string' },
  policy: { type: 'string' },
  remote: { type: 'boolean', default: false },
  state: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

export const HELP = `Sites whose visits are counted. A page whose host is on no site is nobody's, and leaves nothing.

  npm run sites -- list [--json] [--remote]
  npm run sites -- add <id> --host www.example.com --endpoint t.example.com [options] [--remote]
  npm run sites -- set <id> [options] [--remote]         changes what is given, keeps the rest
  npm run sites -- line <id> [--remote]                  the line for the site's pages

  --host HOST            a host of the site's pages; repeat for several
  --endpoint HOST        the host on which the site reaches Doorplate, on its own domain; repeat for several
  --name NAME            shown in the admin; the id unless given
  --basis BASIS          ${BASES.join(', ')} (consent unless given)
  --confirmed-by NAME    who confirmed the balancing test (npm run privacy -- balancing); for legitimate-interest
  --date DAY             when, YYYY-MM-DD; today unless given
  --review-by DAY        when it is looked at again; a year later unless given
  --time-zone ZONE       Europe/Berlin or any IANA name
  --kinds A,B            kinds of company shown (${SITE_DEFAULTS.kinds.join(',')})
  --collect A,B          what is collected, the rest is off (${COLLECTED.join(',')})
  --journeys-from N      journeys only of companies with so many employees (${SITE_DEFAULTS.journeysFrom}; never below 20)
  --names A,B            downloads, outbound hosts, forms and events whose names are kept; * stands for anything
  --sources A,B          words of campaigns that are kept beside the built-in ones
  --sensitive A,B        further path segments on which the address is not read
  --patterns A,B         paths that collapse, such as /customers/:name
  --web-logs-days N      days the site’s own web server keeps logs with addresses, for the balancing test
  --controller TEXT      name and address of who is responsible; also --contact, --dpo ("none" where there is
                         none), --authority, --policy: what the privacy texts name
  --remote               the deployed database instead of the local one
  --state DIR            where the local database is kept (.wrangler/state)

Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

/** The options as they were given. */
export interface SiteOptions {
  readonly host?: string[]
  readonly endpoint?: string[]
  readonly name?: string
  readonly basis?: string
  readonly 'time-zone'?: string
  readonly 'confirmed-by'?: string
  readonly date?: string
  readonly 'review-by'?: string
  readonly kinds?: string
  readonly collect?: string
  readonly 'journeys-from'?: string
  readonly names?: string
  readonly sources?: string
  readonly sensitive?: string
  readonly patterns?: string
  readonly 'web-logs-days'?: string
  readonly controller?: string
  readonly contact?: string
  readonly dpo?: string
  readonly authority?: string
  readonly policy?: string
}

/** A site nobody has said anything about yet. */
export function newSite(id: string): SiteDraft {
  return { id, name: id, basis: 'consent', timeZone: 'Europe/Berlin', settings: {}, pageHosts: [], endpointHosts: [] }
}

/** `before` with what was given. @throws Error with a sentence for an option that cannot be meant. */
export function withOptions(before: SiteDraft, options: SiteOptions, today: string): SiteDraft {
  const basis = BASES.find((each) => each === (options.basis ?? before.basis))
  if (basis === undefined) throw new Error(`--basis is one of ${BASES.join(', ')}, not "${options.basis}".`)
  return {
    id: before.id,
    name: options.name ?? before.name,
    basis,
    timeZone: options['time-zone'] ?? before.timeZone,
    settings: { ...before.settings, ...changed(before.settings, options, today) } as SettingsInput,
    pageHosts: options.host ?? before.pageHosts,
    endpointHosts: options.endpoint ?? before.endpointHosts,
  }
}

function changed(before: SettingsInput, options: SiteOptions, today: string): Record<string, unknown> {
  const parties = given({
    controller: options.controller,
    contact: options.contact,
    dataProtectionOfficer: options.dpo,
    authority: options.authority,
    policy: options.policy,
  })
  return {
    ...given({
      kinds: words(options.kinds),
      names: words(options.names),
      sources: words(options.sources),
      sensitive: words(options.sensitive),
      patterns: words(options.patterns),
      collect: switches(options.collect),
      journeysFrom: options['journeys-from'] === undefined ? undefined : Number(options['journeys-from']),
      webLogsDays: options['web-logs-days'] === undefined ? undefined : Number(options['web-logs-days']),
      balancing: balancing(options, today),
    }),
    ...(Object.keys(parties).length === 0 ? {} : { parties: { ...before.parties, ...emptied(parties) } }),
  }
}

function balancing(options: SiteOptions, today: string) {
  const confirmedBy = options['confirmed-by']
  if (confirmedBy === undefined) return undefined
  const date = options.date ?? today
  return { confirmedBy, date, reviewBy: options['review-by'] ?? `${Number(date.slice(0, 4)) + 1}${date.slice(4)}` }
}

function switches(list: string | undefined): Record<string, boolean> | undefined {
  const on = words(list)
  if (on === undefined) return undefined
  const unknown = on.find((word) => !COLLECTED.some((each) => each === word))
  if (unknown !== undefined) throw new Error(`--collect knows ${COLLECTED.join(', ')}, not "${unknown}".`)
  return Object.fromEntries(COLLECTED.map((each) => [each, on.includes(each)]))
}

/** `a,b` as a list; an empty text as the empty list. */
function words(list: string | undefined): string[] | undefined {
  return list
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

function given(all: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

/** A field set to nothing is a field taken away. */
function emptied(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value === '' ? null : value]))
}
