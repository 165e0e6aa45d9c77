import * as z from 'zod/mini'
import { COMPANY_KINDS, type CompanyKind } from '../words.ts'

/**
 * The settings of a site: one JSON column read by one schema, so that a new switch needs no migration and an old row
 * gets the new default. Defaults stand here once.
 */
export interface SiteSettings {
  /** Kinds of company the site shows; the others only add to totals. */
  readonly kinds: readonly CompanyKind[]
  /** Companies the site never names, whatever their kind: their visits are only counted. */
  readonly hidden: readonly HiddenCompany[]
  /** What is collected, a switch each; enforced by the server, shown in the manifest. */
  readonly collect: Readonly<Record<Collected, boolean>>
  /** Journeys only for companies known to have at least so many employees; never below 20. */
  readonly journeysFrom: number
  /** Further sensitive path segments, lower case. */
  readonly sensitive: readonly string[]
  /** Paths that collapse to their pattern: `/customers/:name`. */
  readonly patterns: readonly string[]
  /** Names (or `*` patterns) of downloads, outbound hosts, forms and events that may be kept. */
  readonly names: readonly string[]
  /** Words of campaigns (utm source and medium) that may be kept beside the built-in ones, lower case. */
  readonly sources: readonly string[]
  /** Pages that show intent (`/pricing`, `/docs/*`): they raise a company's score. */
  readonly hot: readonly string[]
  /** Points each part of a score can bring; together 100. See score.ts. */
  readonly weights: Weights
  /** How anonymous totals are released: in one bucket size, cells from k on (P5). See disclosure.ts. */
  readonly release: Release
  /** How long the site's rows are kept (P7). */
  readonly retention: SiteRetention
  /** Days the site's own web server keeps logs with addresses, as the operator states; null where nobody said. */
  readonly webLogsDays: number | null
  /** The balancing test; required for `legitimate-interest`. */
  readonly balancing: Balancing | null
  /** Who is responsible for the site; the generated texts and the manifest name them. */
  readonly parties: Parties
}

/** What recognises the company under another key or name too. */
export interface HiddenCompany {
  readonly key: string
  readonly name: string
  readonly domain: string | null
  /** It was somebody else, or the operator does not want to see it. */
  readonly why: (typeof HIDDEN_WHY)[number]
  /** `YYYY-MM-DD`. */
  readonly since: string
}

export const HIDDEN_WHY = ['wrong', 'unwanted'] as const
/** A site's list stays one that an event can be compared with. */
export const MOST_HIDDEN = 500

export const COLLECTED = ['journeys', 'time', 'downloads', 'outbound', 'forms', 'events', 'campaigns'] as const
export type Collected = (typeof COLLECTED)[number]

/** Parts of a score, in the order they are shown. */
export const SCORE_PARTS = ['views', 'pages', 'hot', 'seconds', 'recency', 'visits'] as const
export type ScorePart = (typeof SCORE_PARTS)[number]
export type Weights = Readonly<Record<ScorePart, number>>

export const BUCKETS = ['day', 'week', 'month'] as const
export type Bucket = (typeof BUCKETS)[number]

export interface Release {
  readonly bucket: Bucket
  /** Least count that is shown by itself; never below 3. */
  readonly k: number
}

/** Calendar days in the site's time zone, today counted; never more than {@link RETENTION_CAP_DAYS}. */
export interface SiteRetention {
  readonly ledgerDays: number
  readonly totalsDays: number
}

/** 25 months at their shortest: 1 February of a common year, two years and a month later, is day 759. */
export const RETENTION_CAP_DAYS = 758

export interface Balancing {
  readonly confirmedBy: string
  /** `YYYY-MM-DD`. */
  readonly date: string
  readonly reviewBy: string
  /** Version of the template that was filled in. */
  readonly template: string
}

export interface Parties {
  /** Name and postal address of the controller (GDPR Art. 4(7)), one line. */
  readonly controller: string | null
  /** E-mail address or page for questions and for companies that object. */
  readonly contact: string | null
  readonly dataProtectionOfficer: string | null
  /** Supervisory authority. */
  readonly authority: string | null
  /** Address of the site's privacy policy. */
  readonly policy: string | null
}

export const SITE_DEFAULTS = {
  kinds: ['business', 'government', 'research'],
  hidden: [],
  collect: { journeys: true, time: true, downloads: true, outbound: true, forms: true, events: true, campaigns: true },
  journeysFrom: 50,
  sensitive: [],
  patterns: [],
  names: [],
  sources: [],
  hot: [],
  weights: { views: 15, pages: 20, hot: 25, seconds: 15, recency: 15, visits: 10 },
  release: { bucket: 'day', k: 5 },
  retention: { ledgerDays: 90, totalsDays: 396 },
  webLogsDays: null,
  balancing: null,
  parties: { controller: null, contact: null, dataProtectionOfficer: null, authority: null, policy: null },
} as const satisfies SiteSettings

const Day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))
const Kept = z
  .number()
  .check(z.int(), z.gte(1, 'at least one day'), z.lte(RETENTION_CAP_DAYS, 'nothing is kept longer than 25 months (758 days)'))
const Text = z.string().check(z.minLength(1), z.maxLength(400))
const on = (default_: boolean) => z._default(z.boolean(), default_)
const line = z._default(z.nullable(Text), null)
const points = z.number().check(z.int(), z.gte(0), z.lte(100))
const sumsTo100 = (weights: Weights): boolean => Object.values(weights).reduce((sum, each) => sum + each, 0) === 100

/** @see SITE_DEFAULTS */
export const Settings = z.strictObject({
  kinds: z._default(z.array(z.enum(COMPANY_KINDS)), [...SITE_DEFAULTS.kinds]),
  hidden: z._default(
    z
      .array(
        z.strictObject({
          key: z.string().check(z.regex(/^(?:lei|dom|own):\S{1,210}$/)),
          name: Text,
          domain: z.nullable(Text),
          why: z.enum(HIDDEN_WHY),
          since: Day,
        }),
      )
      .check(z.maxLength(MOST_HIDDEN)),
    [],
  ),
  collect: z._default(
    z.strictObject({
      journeys: on(true),
      time: on(true),
      downloads: on(true),
      outbound: on(true),
      forms: on(true),
      events: on(true),
      campaigns: on(true),
    }),
    SITE_DEFAULTS.collect,
  ),
  journeysFrom: z._default(z.number().check(z.int(), z.gte(20)), SITE_DEFAULTS.journeysFrom),
  sensitive: z._default(z.array(z.string().check(z.regex(/^[^/A-Z\s]+$/))), []),
  patterns: z._default(z.array(z.string().check(z.startsWith('/'), z.maxLength(256))), []),
  names: z._default(z.array(z.string().check(z.minLength(1), z.maxLength(64))), []),
  sources: z._default(z.array(z.string().check(z.regex(/^[^A-Z]{1,64}$/))), []),
  hot: z._default(z.array(z.string().check(z.regex(/^\/[^*]*\*?$/), z.maxLength(256))).check(z.maxLength(50)), []),
  weights: z._default(
    z
      .strictObject({ views: points, pages: points, hot: points, seconds: points, recency: points, visits: points })
      .check(z.refine(sumsTo100, 'the weights add up to 100')),
    SITE_DEFAULTS.weights,
  ),
  release: z._default(
    z.strictObject({ bucket: z._default(z.enum(BUCKETS), 'day'), k: z._default(z.number().check(z.int(), z.gte(3), z.lte(100)), 5) }),
    SITE_DEFAULTS.release,
  ),
  retention: z._default(
    z.strictObject({
      ledgerDays: z._default(Kept, SITE_DEFAULTS.retention.ledgerDays),
      totalsDays: z._default(Kept, SITE_DEFAULTS.retention.totalsDays),
    }),
    SITE_DEFAULTS.retention,
  ),
  webLogsDays: z._default(z.nullable(z.number().check(z.int(), z.gte(0), z.lte(3660))), SITE_DEFAULTS.webLogsDays),
  balancing: z._default(z.nullable(z.strictObject({ confirmedBy: Text, date: Day, reviewBy: Day, template: z._default(Text, '1') })), null),
  parties: z._default(
    z.strictObject({ controller: line, contact: line, dataProtectionOfficer: line, authority: line, policy: line }),
    SITE_DEFAULTS.parties,
  ),
})

/** What a site's owner may leave out. */
export type SettingsInput = z.input<typeof Settings>
