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
  | 'until the visit to the admin ends'
  | '15 minutes'
  | '24 hours'
  | '13 months'

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
      hot: 'views of pages the site named as important',
      sources: 'outside sources of the day',
      first_hour: 'first hour of the day with activity',
      last_hour: 'last hour of the day with activity',
      paths: 'paths viewed that day, and how many, so that a list of who read a page reads no hours; not kept where they were very many',
      row_count: 'rows of company_activity that day; there is a most, and what is more is counted as “(other)”',
      other_paths: 'how much was done on pages that fell into “(other)”',
      other_names: 'how much was done under a name that fell into “(other)”',
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
      receipt:
        'why we say so: source, licence, version, date, evidence, confidence, table version, and where each field is from; never a range',
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
    table: 'batches',
    about: 'configuration',
    purpose: 'random ids of the counters written lately, so that what arrives twice is counted once',
    kept: '24 hours',
    columns: { hour: 'hour, UTC, in which an isolate handed its counters over', id: 'random' },
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
  {
    table: 'company_objections',
    about: 'configuration',
    purpose: 'companies that objected and that no site names again (P4); only what recognises the company',
    kept: 'until the operator removes it',
    columns: {
      company_key: KEY,
      names: 'names of the company',
      domains: 'its domains',
      created: 'day of the objection',
      why: 'the operator’s note',
      proof: 'how control of the domain was shown',
    },
  },
  {
    table: 'tags',
    about: 'companies',
    purpose: 'words the operator put on a company',
    kept: 'with the last row of its company',
    columns: { site_id: SITE, company_key: KEY, tag: 'the word', created: 'day it was put' },
  },
  {
    table: 'notes',
    about: 'companies',
    purpose: 'what the operator wrote on a company; the form warns against naming persons',
    kept: 'with the last row of its company',
    columns: {
      site_id: SITE,
      company_key: KEY,
      id: 'random, to name the note',
      text: 'the operator’s words',
      author: 'name of the token that wrote it, or the e-mail address Cloudflare Access vouched for',
      created: 'day it was written',
    },
  },
  {
    table: 'segments',
    about: 'configuration',
    purpose: 'saved filters of the company list',
    kept: 'until the operator removes it',
    columns: { site_id: SITE, id: 'slug', name: 'name', filter: 'parameters of the list, JSON', created: 'day it was saved' },
  },
  {
    table: 'tokens',
    about: 'configuration',
    purpose: 'who of the operator’s people may see the admin; of a token the SHA-256 is kept, not the token',
    kept: 'until the operator removes it',
    columns: {
      hash: 'SHA-256 of the token, 256 random bits',
      id: 'random, to name the token',
      name: 'name the operator gave it',
      role: 'owner, analyst or viewer',
      sites: 'sites it is for, or *',
      created: 'day it was made',
      expires: 'hour it ends',
      last_used: 'hour it was last used',
      revoked: 'hour it was revoked',
    },
  },
  {
    table: 'sign_ins',
    about: 'configuration',
    purpose: 'browsers of the operator’s people that are signed in to the admin',
    kept: 'until the visit to the admin ends',
    columns: { hash: 'SHA-256 of what the cookie holds, 256 random bits', token_id: 'the token it was made from', expires: 'hour it ends' },
  },
  {
    table: 'invitations',
    about: 'configuration',
    purpose: 'one-time links for the operator’s people',
    kept: '15 minutes',
    columns: {
      hash: 'SHA-256 of the link’s code',
      name: 'name of the token it will make',
      role: 'its role',
      sites: 'its sites',
      expires: 'minute it ends',
    },
  },
  {
    table: 'sign_in_failures',
    about: 'configuration',
    purpose: 'how many sign-ins to the admin were refused, so that guessing is limited; not who tried',
    kept: '24 hours',
    columns: { hour: HOUR, count: 'how many' },
  },
  {
    table: 'chores',
    about: 'configuration',
    purpose: 'when the hourly work last ran and whether it worked, so that a purge that stopped is seen',
    kept: 'until the operator removes it',
    columns: {
      name: 'name of the chore',
      ran: 'hour it was last begun',
      done: 'hour it last ended well',
      rows: 'how many rows it came to',
    },
  },
  {
    table: 'audit',
    about: 'configuration',
    purpose: 'exports, deletions and changes of basis, retention, rules and tokens: who, what, how many; no content',
    kept: '13 months',
    columns: {
      site_id: 'the site it concerns, or *',
      minute: 'minute, UTC: of the operator’s deed, not of a visit',
      id: 'random',
      actor: 'name of the token, or the e-mail address Cloudflare Access vouched for',
      action: 'what was done',
      detail: 'which settings, which format',
      rows: 'how many rows',
    },
  },
]
