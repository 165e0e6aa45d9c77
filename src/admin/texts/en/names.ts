import type { Outcome } from '../../../ledger/activity.ts'
import type { ScorePart } from '../../../ledger/settings.ts'
import type { Basis, CompanyKind } from '../../../words.ts'

/** Names of what the ledger counts, used by several pages. */
export const names = {
  kinds: {
    business: 'Business',
    government: 'Public administration',
    research: 'Research',
    education: 'Education',
    nonprofit: 'Non-profit',
    'it-service': 'IT service',
  } satisfies Record<CompanyKind, string>,
  outcomes: {
    unlisted: 'Network of no listed company',
    kind: 'Kind this site does not show',
    'sensitive-path': 'Sensitive page: address not read',
    rule: 'Blocked by a rule',
    bot: 'Program, not a person',
    shed: 'Not counted: too many at once',
  } satisfies Record<Outcome, string>,
  bases: { consent: 'Consent', 'legitimate-interest': 'Legitimate interest', off: 'Off' } satisfies Record<Basis, string>,
  scoreParts: {
    views: 'Page views',
    pages: 'Different pages',
    hot: 'Hot pages',
    seconds: 'Reading time',
    recency: 'Recency',
    visits: 'Visits',
  } satisfies Record<ScorePart, string>,
  direct: 'direct',
  unknown: 'unknown',
  other: 'Other',
}
