/**
 * Every table and column that exists, what it is for and how long it is kept (P7, P10). The manifest, the notice and
 * docs/privacy.md are made from this list; a test compares it with the real schema, so that no column can be added
 * without its sentence.
 */
export interface StoredTable {
  readonly table: string
  readonly about: 'companies' | 'anonymous counts' | 'configuration'
  readonly purpose: string
  /** The setting that bounds it, or the event that ends it. */
  readonly kept: Keeping
  readonly columns: Readonly<Record<string, string>>
}

export type Keeping =
  | 'ledger'
  | 'totals'
  | 'with the last row of its company'
  | 'until the site is deleted'
  | 'until the operator removes it'

const SITE = 'the site it belongs to'
const KEY = 'company key: a LEI, a domain or a slug'
const HOUR = 'hour, UTC; nothing is finer'
const DAY = 'calendar day in the site’s time zone'

export const STORED: readonly StoredTable[] = [
  {
    table: 'company_activity',
    about: 'companies',
    purpose: 'what somebody of a company did on the site, counted per hour',
    kept: 'ledger',
    columns: {
      site_id: SITE,
      company_key: KEY,
      hour: HOUR,
      kind: 'view, download, outbound, form or event',
      path: 'path of the page, redacted, without query and fragment',
      origin: 'how the page was reached: the previous path on the site, an outside source, or empty',
      name: 'listed name of a file, host, form or event, else “(other)”',
      count: 'how often',
      seconds: 'seconds the pages were visible, added up',
    },
  },
  {
    table: 'company_day',
    about: 'companies',
    purpose: 'sums of company_activity per day, so that lists are cheap to read',
    kept: 'ledger',
    columns: {
      site_id: SITE,
      day: DAY,
      company_key: KEY,
      views: 'page views',
      pages: 'distinct paths',
      seconds: 'seconds, added up',
      downloads: 'downloads',
      outbounds: 'outbound links',
      forms: 'forms sent (never a field’s value)',
      events: 'own events',
      visits: 'runs of consecutive hours with activity',
      first_hour: 'first hour of the day with activity',
      last_hour: 'last hour of the day with activity',
    },
  },
  {
    table: 'companies',
    about: 'companies',
    purpose: 'master data of a company as the range table knew it when the site first saw it',
    kept: 'with the last row of its company',
    columns: {
      site_id: SITE,
      company_key: KEY,
      kind: 'business, government, research, education, nonprofit or it-service',
      name: 'name of the organisation',
      domain: 'its website',
      country: 'country of its seat (never the visitor’s place)',
      city: 'city of its seat',
      industry: 'industry',
      employees: 'size band',
      receipt: 'why we say so: source, licence, version, date, evidence, confidence, table version; never a range',
      first_hour: HOUR,
    },
  },
  {
    table: 'site_totals',
    about: 'anonymous counts',
    purpose: 'daily counts of everything that is not attributed to a company, one dimension at a time',
    kept: 'totals',
    columns: {
      site_id: SITE,
      day: DAY,
      dimension: 'path, source, country, device, activity or outcome: one of them, never two together',
      value: 'its value',
      count: 'how often',
    },
  },
  {
    table: 'sites',
    about: 'configuration',
    purpose: 'the operator’s sites',
    kept: 'until the site is deleted',
    columns: {
      id: 'slug',
      name: 'name',
      basis: 'consent, legitimate-interest or off',
      time_zone: 'time zone of its days',
      settings: 'switches, lists, the balancing record and the responsible parties, JSON',
      created: 'day the site was made',
    },
  },
  {
    table: 'site_hosts',
    about: 'configuration',
    purpose: 'hosts of the site’s pages, and hosts on which it reaches Doorplate',
    kept: 'until the site is deleted',
    columns: { host: 'host', use: 'page or endpoint', site_id: SITE },
  },
  {
    table: 'rules',
    about: 'configuration',
    purpose: 'networks the operator blocks or assigns to a company; the only place where an address range rests in the database',
    kept: 'until the operator removes it',
    columns: {
      site_id: 'the site it is for, or * for all',
      first: 'first address of the range, 16 bytes',
      last: 'last address of the range, 16 bytes',
      action: 'block or assign',
      company: 'master data of the company, JSON',
      why: 'the operator’s reason',
      created: 'day the rule was made',
    },
  },
]
