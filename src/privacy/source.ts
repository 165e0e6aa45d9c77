import { getDomain } from '../public-suffix.ts'

/**
 * Where a visit came from, coarse enough to be stored: the registrable domain of the referrer, or a campaign's
 * `source / medium` out of a fixed vocabulary. A one-to-one mailing's campaign name is a person, so free text is
 * never kept (P3).
 */
const SOURCES: ReadonlySet<string> = new Set([
  ...['google', 'bing', 'duckduckgo', 'ecosia', 'qwant', 'yahoo', 'startpage', 'linkedin', 'xing', 'facebook', 'instagram', 'x', 'twitter'],
  ...[
    'mastodon',
    'bluesky',
    'youtube',
    'reddit',
    'github',
    'newsletter',
    'website',
    'partner',
    'blog',
    'podcast',
    'fair',
    'messe',
    'print',
  ],
])
const MEDIUMS: ReadonlySet<string> = new Set([
  ...['email', 'cpc', 'ppc', 'paid', 'display', 'banner', 'social', 'organic', 'referral', 'affiliate', 'video', 'qr', 'print', 'pdf'],
])

export interface SourceInput {
  /** Host of the outside page, as the browser said. */
  readonly referrer: string | undefined
  readonly campaignSource: string | undefined
  readonly campaignMedium: string | undefined
}

/**
 * `newsletter / email`, `google.com`, or empty for a direct visit.
 * @param own words of the site, lower case, kept beside the built-in ones.
 */
export function redactSource(input: SourceInput, own: readonly string[] = []): string {
  const source = word(input.campaignSource, SOURCES, own)
  const medium = word(input.campaignMedium, MEDIUMS, own)
  if (source !== null || medium !== null) return `${source ?? '(other)'} / ${medium ?? '(other)'}`
  if (input.referrer === undefined) return ''
  // ICANN section only: alice.github.io is github.io's customer, and becomes github.io.
  return getDomain(input.referrer, { validateHostname: true }) ?? '(other)'
}

function word(raw: string | undefined, vocabulary: ReadonlySet<string>, own: readonly string[]): string | null {
  if (raw === undefined) return null
  const lower = raw.trim().toLowerCase()
  if (vocabulary.has(lower) || own.includes(lower)) return lower
  return lower === '' ? null : '(other)'
}
