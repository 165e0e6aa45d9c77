import type * as z from 'zod/mini'
import { HOUR_MS } from '../../../ledger/clock.ts'
import type { CompanySort } from '../../../ledger/company-list.ts'
import { SCORE_PARTS } from '../../../ledger/settings.ts'
import { COMPANY_KINDS, type CompanyKind } from '../../../words.ts'
import type { CompanyItem, companyList } from '../../api/companies.ts'
import type { Refusal } from '../../problem.ts'
import { type At, addressOf, hereWith } from '../page.tsx'
import { Spark } from '../parts/chart.tsx'

type Item = z.infer<typeof CompanyItem>
type List = Exclude<Awaited<ReturnType<typeof companyList>>, Refusal>

/** The companies of the period, a row each; the keys j and k go from name to name. */
export function CompanyTable({ at, list }: { readonly at: At; readonly list: List }) {
  const { t } = at
  const words = t.companies.table
  return (
    <>
      <table class="list">
        <caption class="hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.company}</th>
            <th scope="col">{words.industry}</th>
            <Sortable at={at} sort="visits" now={list.sort} name={words.visits} />
            <Sortable at={at} sort="pages" now={list.sort} name={words.pages} />
            <th scope="col" class="number">
              {words.time}
            </th>
            <th scope="col">{words.source}</th>
            <Sortable at={at} sort="score" now={list.sort} name={words.score} />
            <Sortable at={at} sort="lastSeen" now={list.sort} name={words.lastSeen} />
            <th scope="col">{words.daily}</th>
          </tr>
        </thead>
        <tbody>
          {list.companies.map((company, index) => (
            <Row at={at} company={company} id={`score-${index}`} />
          ))}
        </tbody>
      </table>
      <nav class="pager no-print" aria-label={words.caption}>
        {at.query.cursor === undefined ? null : (
          <a class="button second" href={hereWith(at, { cursor: undefined })}>
            {t.companies.first}
          </a>
        )}
        {list.next === null ? null : (
          <a class="button second" href={hereWith(at, { cursor: list.next })}>
            {t.companies.next}
          </a>
        )}
      </nav>
    </>
  )
}

function Sortable(props: { readonly at: At; readonly sort: CompanySort; readonly now: string; readonly name: string }) {
  const chosen = props.now === props.sort
  return (
    <th scope="col" class={props.sort === 'lastSeen' ? undefined : 'number'} aria-sort={chosen ? 'descending' : undefined}>
      <a
        href={hereWith(props.at, { sort: props.sort === 'lastSeen' ? undefined : props.sort, cursor: undefined })}
        title={props.at.t.companies.table.sortBy(props.name)}
      >
        {props.name}
        {chosen ? <span aria-hidden="true"> ↓</span> : null}
      </a>
    </th>
  )
}

function Row({ at, company, id }: { readonly at: At; readonly company: Item; readonly id: string }) {
  const { t, f, site } = at
  const words = t.companies.table
  const last = Math.floor(Date.parse(company.lastSeen) / HOUR_MS)
  const daily = company.daily ?? []
  return (
    <tr>
      <th scope="row">
        <a href={at.to(`/companies/${encodeURIComponent(company.key)}`)} data-row>
          <bdi>{company.name}</bdi>
        </a>{' '}
        {company.new ? <span class="tag new">{words.fresh}</span> : null}
        {company.tags.map((tag) => (
          <a class="tag" href={addressOf('/', { site: site.id, tag })}>
            <bdi>{tag}</bdi>
          </a>
        ))}
        <small>{f.place(company.city, company.country)}</small>
      </th>
      <td data-label={words.industry}>
        <bdi>{company.industry ?? t.names.kinds[kindOf(company.kind)]}</bdi>
        <small>{company.employees === null ? '–' : words.people(f.size(company.employees))}</small>
      </td>
      <td class="number" data-label={words.visits}>
        {f.number(company.visits)}
      </td>
      <td class="number" data-label={words.pages}>
        {f.number(company.pages)}
      </td>
      <td class="number nowrap" data-label={words.time}>
        {f.duration(company.seconds)}
      </td>
      <td data-label={words.source}>
        <Sources sources={company.sources} at={at} />
      </td>
      <td class="number" data-label={words.score}>
        <Score at={at} company={company} id={id} />
      </td>
      <td class="nowrap" data-label={words.lastSeen}>
        {f.hours(last)}
      </td>
      <td data-label={words.daily}>
        <Spark values={daily} label={words.sparkline(t.companies.views(f.number(company.views)), f.number(Math.max(0, ...daily)))} />
      </td>
    </tr>
  )
}

function Sources({ sources, at: { t, f } }: { readonly sources: readonly string[]; readonly at: At }) {
  const [first, ...rest] = sources
  if (first === undefined) return <span class="muted">{t.names.direct}</span>
  return (
    <>
      <bdi class="source">{first}</bdi>
      {rest.length === 0 ? null : <small>{t.companies.table.moreSources(f.number(rest.length))}</small>}
    </>
  )
}

/** A number that says, pointed at or focused, what it is made of. */
function Score({ at: { t, f, site }, company, id }: { readonly at: At; readonly company: Item; readonly id: string }) {
  const { weights } = site.settings
  const words = t.companies.table
  return (
    <span class="score">
      <span tabindex={0} aria-describedby={id}>
        {f.number(company.score)}
      </span>
      <span role="tooltip" id={id}>
        <b>{words.scoreIs(f.number(company.score))}</b>
        {SCORE_PARTS.map((part) => (
          <span>
            {t.names.scoreParts[part]} <i>{words.part(f.number(company.scoreParts[part]), f.number(weights[part]))}</i>
          </span>
        ))}
      </span>
    </span>
  )
}

const kindOf = (kind: string): CompanyKind => COMPANY_KINDS.find((known) => known === kind) ?? 'business'
