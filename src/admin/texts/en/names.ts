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
  /** Why an organisation is not in the range table; the names are those of the build. */
  rejections: {
    incomplete: 'Name or country missing',
    'too-few-people': 'Fewer than 5 employees',
    'unknown-size': 'Size unknown',
    'one-person': 'Sole traders',
    partnership: 'Partnerships of persons',
    'person-name': 'Named like a person',
    'never-listed': 'Kind that is never listed',
    'network-name': 'Dial-in, guest or pool network',
    provider: 'Internet providers',
    denied: 'On a deny list',
    objection: 'Companies that objected',
    namesake: 'Several of the same name',
    'too-weak': 'Evidence too weak',
    'no-network': 'No network of their own',
    'too-small': 'Network too small',
  } as Readonly<Record<string, string>>,
  direct: 'direct',
  unknown: 'unknown',
  other: 'Other',
}
