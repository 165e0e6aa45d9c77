import type { ActivityRow, CompanyDetail } from '../../ledger/read.ts'
import type { Site } from '../../ledger/site.ts'
import type { TableSource } from '../../ranges/pointer.ts'
import type { Receipt } from '../../words.ts'
import { Credits, Layout, Masthead } from './layout.tsx'
import { duration, hourSpan, KINDS } from './words.ts'

/** One company on one site: who they are, what they read and how they got there, and why we think it is them. */
export interface CompanyProps {
  readonly site: Site
  readonly sites: readonly Site[]
  /** Sources of the published table. */
  readonly sources: readonly TableSource[]
  readonly company: CompanyDetail
  readonly receipt: Receipt
  readonly activity: readonly ActivityRow[]
}

export function CompanyPage({ site, sites, sources, company, receipt, activity }: CompanyProps) {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Seat', [company.city, company.country].filter((part) => part !== null).join(', ')],
    ['Industry', company.industry],
    ['Employees', company.employees],
    ['Kind', KINDS[company.kind] ?? company.kind],
    ['Website', company.domain],
    ['First seen', hourSpan(company.firstHour, site.timeZone)],
  ]
  return (
    <Layout title={company.name}>
      <Masthead site={site} sites={sites} />
      <main>
        <p class="back">
          <a href={`/admin?site=${site.id}`}>← Companies</a>
        </p>
        <h1>{company.name}</h1>
        <dl class="facts">
          {facts
            .filter(([, value]) => value !== null && value !== '')
            .map(([term, value]) => (
              <div>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        <h2>What they read</h2>
        <Activity activity={activity} timeZone={site.timeZone} />
        <h2>Why we think so</h2>
        <dl class="facts receipt">
          <div>
            <dt>Evidence</dt>
            <dd>{receipt.evidence}</dd>
          </div>
          <div>
            <dt>Confidence</dt>
            <dd>{receipt.confidence} of 100</dd>
          </div>
          <div>
            <dt>Source</dt>
            <dd>
              {receipt.source} {receipt.sourceVersion}, {receipt.sourceDate}
            </dd>
          </div>
          <div>
            <dt>Licence</dt>
            <dd>{receipt.licence}</dd>
          </div>
          <div>
            <dt>Range table</dt>
            <dd>
              <code>{receipt.tableVersion.slice(0, 12)}</code>
            </dd>
          </div>
        </dl>
      </main>
      <Credits sources={sources} />
    </Layout>
  )
}

/** Rows by hour; inside an hour the ledger knows no order, so the order is entry pages first, then by path. */
function Activity({ activity, timeZone }: { readonly activity: readonly ActivityRow[]; readonly timeZone: string }) {
  const hours = Map.groupBy(activity, (row) => row.hour)
  return (
    <ol class="hours">
      {[...hours].map(([hour, rows]) => (
        <li>
          <h3>{hourSpan(hour, timeZone)}</h3>
          <ul>
            {rows
              .toSorted((a, b) => Number(a.origin.startsWith('/')) - Number(b.origin.startsWith('/')))
              .map((row) => (
                <li>
                  <Deed row={row} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

const VERBS: Readonly<Record<string, string>> = {
  view: 'read',
  download: 'downloaded',
  outbound: 'went out to',
  form: 'sent the form',
  event: 'did',
}

function Deed({ row }: { readonly row: ActivityRow }) {
  const details = [row.count > 1 ? `${row.count} times` : '', duration(row.seconds)].filter((part) => part !== '').join(', ')
  return (
    <>
      {VERBS[row.kind] ?? row.kind} {row.name === '' ? null : <code>{row.name}</code>} {row.name === '' ? null : 'on '}
      <code>{row.path}</code>
      <Origin origin={row.origin} />
      {details === '' ? null : <span class="muted"> · {details}</span>}
    </>
  )
}

function Origin({ origin }: { readonly origin: string }) {
  if (origin === '') return null
  return (
    <span class="muted">
      {' '}
      ← {origin.startsWith('/') ? null : 'came from '}
      <code>{origin}</code>
    </span>
  )
}
