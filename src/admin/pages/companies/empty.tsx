import { readObjection } from '../../../privacy/objection.ts'
import type { At } from '../page.tsx'
import { Empty, type Reason } from '../parts/empty.tsx'

/** No company in the period: every reason that there may be, with its check; what can be seen from here is said. */
export function NoCompanies({ at }: { readonly at: At }) {
  const { t, f, site, table, c, to } = at
  const words = t.companies.empty
  const { ledgerDays } = site.settings.retention
  const now = (reason: string, so: boolean): string => (so ? words.now(reason) : reason)
  const reasons: readonly (Reason | null)[] = [
    site.basis === 'off' ? { reason: now(words.off, true), check: words.offCheck, href: to('/sites') } : null,
    table === null ? { reason: now(words.table, true), check: words.tableCheck } : null,
    { reason: now(words.objection, readObjection(c.req.raw.headers) !== null), check: words.objectionCheck, href: to('/sites') },
    { reason: words.unlisted, check: words.unlistedCheck, href: to('/ranges') },
    site.basis === 'consent' ? { reason: words.consent, check: words.consentCheck, href: to('/sites') } : null,
    { reason: words.host, check: words.hostCheck, href: to('/sites') },
    table === null ? null : { reason: words.table, check: words.tableCheck },
    { reason: words.migration, check: words.migrationCheck },
    { reason: words.period, check: words.periodCheck(f.number(ledgerDays)), href: to('/', { days: String(ledgerDays) }) },
  ]
  return <Empty title={words.title} intro={words.intro} reasons={reasons.filter((reason) => reason !== null)} />
}
