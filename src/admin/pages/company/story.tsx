import type { Child } from 'hono/jsx'
import type { Deed, Visit, VisitPage } from '../../../ledger/visits.ts'
import type { At } from '../page.tsx'

/** A company's visits as something to read: where it came from, what was read for how long, what was done there. */
export function Story({ at, visits, journeys }: { readonly at: At; readonly visits: readonly Visit[]; readonly journeys: boolean }) {
  return (
    <ol class="visits">
      {visits.map((visit) => (
        <li>
          <VisitTold at={at} visit={visit} journeys={journeys} />
        </li>
      ))}
    </ol>
  )
}

function VisitTold({ at, visit, journeys }: { readonly at: At; readonly visit: Visit; readonly journeys: boolean }) {
  const { t, f } = at
  const words = t.company.visits
  const told = tell(visit)
  const sums = [words.pages(f.number(visit.views)), visit.seconds > 0 ? f.duration(visit.seconds) : ''].filter((part) => part !== '')
  return (
    <article>
      <header>
        <h3>{f.hours(visit.from, visit.to)}</h3>
        {visit.first ? <span class="tag new">{words.first}</span> : null}
        <span class="muted">{sums.join(' · ')}</span>
      </header>
      <ul class="story">
        {visit.sources.length > 0 ? (
          <li class="from">
            {visit.sources.map((source, index) => [index === 0 ? '' : <br />, <Sentence text={words.cameFrom} parts={[source]} />])}
          </li>
        ) : visit.views > 0 ? (
          <li class="from muted">{words.cameDirectly}</li>
        ) : null}
        {told.map(({ page, deeds }) => (
          <>
            {page === null ? null : (
              <li>
                <Sentence text={words.read} parts={[pathOf(at, page.path)]} /> <Details at={at} count={page.count} seconds={page.seconds} />
              </li>
            )}
            {deeds.map(({ kind, deed }) => (
              <li class="deed">
                <Sentence text={words[kind]} parts={[deed.name, pathOf(at, deed.path)]} />{' '}
                <Details at={at} count={deed.count} seconds={0} />
              </li>
            ))}
          </>
        ))}
      </ul>
      {visit.overlap ? <p class="hint">{journeys ? words.overlap : words.noJourney}</p> : null}
    </article>
  )
}

type DeedKind = 'download' | 'outbound' | 'form' | 'event'

interface Told {
  readonly page: VisitPage | null
  readonly deeds: readonly { readonly kind: DeedKind; readonly deed: Deed }[]
}

/** Each deed behind the page it was done on, in its hour; those of pages nobody was seen to open stand at the end. */
function tell(visit: Visit): Told[] {
  const all = (
    [
      ['download', visit.downloads],
      ['form', visit.forms],
      ['outbound', visit.outbounds],
      ['event', visit.events],
    ] as const
  ).flatMap(([kind, deeds]) => deeds.map((deed) => ({ kind, deed })))
  const open = new Set(all)
  const told: Told[] = visit.pages.map((page) => {
    const here = [...open].filter(({ deed }) => deed.path === page.path && deed.hour === page.hour)
    for (const each of here) open.delete(each)
    return { page, deeds: here }
  })
  return open.size === 0 ? told : [...told, { page: null, deeds: [...open] }]
}

/** A path as it reads; the root is a word. */
export function pathOf({ t }: At, path: string): string {
  return path === '/' ? t.company.visits.start : path
}

/** A sentence whose parts stand out: names and paths, in their own direction of writing. */
function Sentence({ text, parts }: { readonly text: (...parts: string[]) => string; readonly parts: readonly string[] }) {
  const marked = text(...parts.map((_, index) => `\uE000${index}\uE000`)).split('\uE000')
  return (
    <>
      {marked.map(
        (part, index): Child =>
          index % 2 === 1 ? (
            <b>
              <bdi>{parts[Number(part)]}</bdi>
            </b>
          ) : (
            part
          ),
      )}
    </>
  )
}

function Details({ at: { t, f }, count, seconds }: { readonly at: At; readonly count: number; readonly seconds: number }) {
  const parts = [count > 1 ? t.company.visits.times(f.number(count)) : '', seconds > 0 ? f.duration(seconds) : ''].filter(
    (part) => part !== '',
  )
  return parts.length === 0 ? null : <span class="muted">({parts.join(', ')})</span>
}
