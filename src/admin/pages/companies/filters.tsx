import type * as z from 'zod/mini'
import type { Segment } from '../../../ledger/desk/segments.ts'
import type { FilterValues } from '../../../ledger/filter-values.ts'
import { COMPANY_KINDS } from '../../../words.ts'
import type { Filter, FilterFields } from '../../api/companies.ts'
import { type At, addressOf, hereWith } from '../page.tsx'
import { Choice, Field, Form } from '../parts/form.tsx'
import { Words } from '../parts/words.tsx'

type Asked = z.infer<typeof Filter>
type Name = keyof typeof FilterFields

const NAMES: readonly Name[] = ['q', 'country', 'industry', 'size', 'kind', 'tag', 'source', 'path', 'minScore']

/** Search, filters and saved segments. All of it is a form that asks for an address, so that a copied one says it all. */
export function FilterBar(props: {
  readonly at: At
  readonly filter: Asked
  readonly wrong: boolean
  readonly segments: readonly Segment[]
  readonly tags: readonly { readonly tag: string }[]
  readonly values: FilterValues
}) {
  const { at, filter, wrong, values } = props
  const { t, f } = at
  const words = t.companies.filters
  const active = NAMES.filter((name) => filter[name] !== undefined)
  const any: readonly [string, string] = ['', words.all]
  const same = (value: string): readonly [string, string] => [value, value]
  return (
    <section class="filters no-print" aria-label={words.more}>
      <form method="get" action="/admin">
        <input type="hidden" name="site" value={at.site.id} />
        {['days', 'from', 'to', 'sort'].map((name) =>
          at.query[name] === undefined ? null : <input type="hidden" name={name} value={at.query[name]} />,
        )}
        <div class="row">
          <div class="search">
            <label class="hidden" for="q">
              {words.search}
            </label>
            <input id="q" name="q" type="search" value={filter.q} placeholder={words.searchHint} maxlength={100} data-search />
          </div>
          <details class="drop wide" open={wrong}>
            <summary>{words.more}</summary>
            <div class="grid">
              <Choice
                id="country"
                name="country"
                label={words.country}
                value={filter.country}
                options={[any, ...values.countries.map((code) => [code, f.country(code)] as const).sort((a, b) => (a[1] < b[1] ? -1 : 1))]}
              />
              <Choice
                id="industry"
                name="industry"
                label={words.industry}
                value={filter.industry}
                options={[any, ...values.industries.map(same)]}
              />
              <Choice
                id="size"
                name="size"
                label={words.size}
                value={filter.size}
                options={[any, ...values.sizes.map((band) => [band, f.size(band)] as const)]}
              />
              <Choice
                id="kind"
                name="kind"
                label={words.kind}
                value={filter.kind}
                options={[any, ...COMPANY_KINDS.map((kind) => [kind, t.names.kinds[kind]] as const)]}
              />
              <Choice id="tag" name="tag" label={words.tag} value={filter.tag} options={[any, ...props.tags.map(({ tag }) => same(tag))]} />
              <Field
                at={at}
                form="filter"
                name="source"
                label={words.source}
                value={filter.source}
                maxlength={200}
                placeholder="google.com"
              />
              <Field
                at={at}
                form="filter"
                name="path"
                label={words.path}
                value={filter.path}
                maxlength={256}
                pattern="/.*"
                hint={words.pathHint}
              />
              <Field at={at} form="filter" name="minScore" label={words.minScore} value={filter.minScore} type="number" min={0} max={100} />
              <button type="submit">{words.apply}</button>
            </div>
          </details>
          <button type="submit" class="hidden" tabindex={-1}>
            {words.apply}
          </button>
        </div>
      </form>
      {wrong ? (
        <p class="wrong" role="alert">
          {words.wrong}
        </p>
      ) : null}
      {active.length === 0 ? null : (
        <ul class="chips" aria-label={words.active}>
          {active.map((name) => {
            const what = `${label(name, at)}: ${shown(name, filter, at)}`
            return (
              <li>
                <a class="chip" href={hereWith(at, { [name]: undefined, cursor: undefined })} aria-label={words.remove(what)}>
                  <bdi>{what}</bdi> <span aria-hidden="true">×</span>
                </a>
              </li>
            )
          })}
          <li>
            <a class="quiet" href={hereWith(at, Object.fromEntries([...NAMES, 'cursor'].map((name) => [name, undefined])))}>
              {words.clear}
            </a>
          </li>
        </ul>
      )}
      {filter.path === undefined ? null : (
        <p class="hint">
          <Words>{words.longPath}</Words>
        </p>
      )}
      <Segments at={at} segments={props.segments} savable={active.length > 0} />
    </section>
  )
}

function label(name: Name, { t }: At): string {
  const { filters } = t.companies
  return name === 'q' ? filters.search : filters[name]
}

function shown(name: Name, filter: Asked, { t, f }: At): string {
  if (name === 'country') return f.country(filter.country ?? '')
  if (name === 'size') return f.size(filter.size ?? '')
  if (name === 'kind') return filter.kind === undefined ? '' : t.names.kinds[filter.kind]
  return String(filter[name] ?? '')
}

function Segments({ at, segments, savable }: { readonly at: At; readonly segments: readonly Segment[]; readonly savable: boolean }) {
  const words = at.t.companies.segments
  const mayChange = at.may('analyst')
  if (segments.length === 0 && !(savable && mayChange)) return null
  return (
    <div class="segments">
      {segments.length === 0 ? null : (
        <ul class="chips" aria-label={words.title}>
          {segments.map(({ id, name, filter }) => (
            <li>
              <a class="chip saved" href={addressOf('/', { site: at.site.id, days: at.query.days, ...parametersOf(filter) })}>
                <bdi>{name}</bdi>
              </a>
              {mayChange ? (
                <Form at={at} name="removeSegment" with={{ segment: id }}>
                  <button class="quiet" type="submit" aria-label={words.remove(name)}>
                    <span aria-hidden="true">×</span>
                  </button>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {savable && mayChange ? (
        <details class="drop" open={at.refused?.form === 'saveSegment'}>
          <summary>{words.save}</summary>
          <Form at={at} name="saveSegment">
            <Field at={at} form="saveSegment" name="name" label={words.name} required maxlength={80} hint={words.hint} />
            <button type="submit">{words.saveButton}</button>
          </Form>
        </details>
      ) : null}
    </div>
  )
}

/** A saved filter as parameters of an address; what an earlier version saved and nobody knows any more says nothing. */
function parametersOf(filter: string): Record<string, string> {
  const saved: unknown = JSON.parse(filter)
  const pairs = typeof saved === 'object' && saved !== null ? Object.entries(saved) : []
  return Object.fromEntries(pairs.filter(([name]) => NAMES.some((known) => known === name)).map(([name, value]) => [name, String(value)]))
}
