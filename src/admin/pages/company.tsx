import { readCompanyDays } from '../../ledger/company-days.ts'
import { readNotes } from '../../ledger/desk/notes.ts'
import { readTags } from '../../ledger/desk/tags.ts'
import { readJourney } from '../../ledger/journey.ts'
import { daysIn, hoursOf } from '../../ledger/period.ts'
import { type CompanyDetail, readCompany } from '../../ledger/read.ts'
import type { HiddenCompany } from '../../ledger/settings.ts'
import { readVisits } from '../../ledger/visit-page.ts'
import { ReceiptShape } from '../../receipt.ts'
import { COMPANY_KINDS } from '../../words.ts'
import { erase, rowsIn } from '../api/company.ts'
import { readCursor, writeCursor } from '../api/cursor.ts'
import { addNote, addTag, dropNote, dropTag } from '../api/desk.ts'
import { hide } from '../api/hidden.ts'
import { Refusal } from '../problem.ts'
import { Actions, Notes, Tags } from './company/desk.tsx'
import { JourneyChart } from './company/journey.tsx'
import { ReceiptCard } from './company/receipt.tsx'
import { Story } from './company/story.tsx'
import { notice } from './notice.tsx'
import { type At, hereWith, sitePage, textOf } from './page.tsx'
import { DayChart } from './parts/chart.tsx'
import { PeriodPicker, readPeriod } from './parts/period.tsx'

/** One company on one site: who they are and why we think so, what they read, how they got there, and what to do with it. */
const VISITS = 20
const EDGES = 200

export const company = sitePage({
  path: '/companies/:key',
  nav: 'companies',
  role: 'viewer',
  done: (t) => t.company.done,
  forms: {
    addTag: async (at, fields) => done(await at.run(addTag, { params: { key: keyOf(at), tag: textOf(fields, 'tag') } }), 'tag-added'),
    removeTag: async (at, fields) => done(await at.run(dropTag, { params: { key: keyOf(at), tag: textOf(fields, 'tag') } }), 'tag-removed'),
    addNote: async (at, fields) =>
      done(await at.run(addNote, { params: { key: keyOf(at) }, body: { text: textOf(fields, 'text') } }), 'note-added'),
    removeNote: async (at, fields) =>
      done(await at.run(dropNote, { params: { key: keyOf(at), note: textOf(fields, 'note') } }), 'note-removed'),
    notThem: (at) => hideAs(at, 'wrong'),
    neverShow: (at) => hideAs(at, 'unwanted'),
    async erase(at) {
      const gone = await at.run(erase, { params: { key: keyOf(at) } })
      return gone instanceof Refusal ? gone : { done: 'erased', n: rowsIn(gone.erased), to: at.to('/') }
    },
  },
  async show(at) {
    const { c, t, f, site, db } = at
    const found = await readCompany(db, site.id, keyOf(at))
    if (found === null) return notice(c, 404, (texts) => texts.company.unseen)
    const period = readPeriod(at)
    const days = daysIn(period)
    const hours = hoursOf(period, site.timeZone)
    const question = { page: 'company', key: found.key, site: site.id }
    const after = await readCursor(question, at.query.cursor)
    const to = after === null || after instanceof Refusal ? hours.to : Math.min(hours.to, Number(after.rank) || 0)
    const [visits, journey, ofDays, tags, notes] = await Promise.all([
      readVisits(db, site.id, found, { from: hours.from, to }, VISITS, site.timeZone),
      readJourney(db, site.id, found.key, hours, EDGES),
      readCompanyDays(db, site.id, found.key, days),
      readTags(db, site.id, found.key),
      readNotes(db, site.id, found.key),
    ])
    const older = visits.before === null ? null : await writeCursor(question, { rank: visits.before, key: found.key })
    const sum = (what: 'visits' | 'views' | 'pages' | 'seconds') => ofDays.reduce((all, day) => all + day[what], 0)
    const of = (what: 'visits' | 'views') => days.map((day) => ofDays.find((each) => each.day === day)?.[what] ?? 0)
    const words = t.company
    return {
      title: found.name,
      body: (
        <>
          <p class="back no-print">
            <a href={at.to('/')}>← {words.back}</a>
          </p>
          <div class="head">
            <div>
              <h1>
                <bdi>{found.name}</bdi>
              </h1>
              <p class="period-name">{f.period(period.from, period.to)}</p>
            </div>
            <PeriodPicker at={at} period={period} />
          </div>
          {period.wrong ? <p class="warning">{t.parts.period.wrong}</p> : null}
          <Facts at={at} company={found} />
          <div class="two">
            <div>
              <section class="overview sheet">
                <dl class="figures">
                  <Figure name={words.figures.visits} value={f.number(sum('visits'))} />
                  <Figure name={words.figures.views} value={f.number(sum('views'))} />
                  <Figure name={words.figures.time} value={f.duration(sum('seconds'))} />
                </dl>
                <DayChart
                  t={t}
                  f={f}
                  title={words.chart}
                  days={days}
                  series={{ name: words.figures.views, tone: 'named', values: of('views') }}
                  also={[{ name: words.figures.visits, values: of('visits') }]}
                />
              </section>
              <section aria-labelledby="journey">
                <h2 id="journey">{words.journey.title}</h2>
                <div class="sheet">
                  <JourneyChart at={at} journey={journey} />
                </div>
              </section>
              <section aria-labelledby="visits">
                <h2 id="visits">{words.visits.title}</h2>
                <p class="hint">{words.visits.honest}</p>
                {visits.visits.length === 0 ? (
                  <p class="sheet muted">{words.visits.none}</p>
                ) : (
                  <Story at={at} visits={visits.visits} journeys={journey.edges.some(({ from }) => from.startsWith('/'))} />
                )}
                {visits.cut ? <p class="hint">{words.visits.cut}</p> : null}
                <nav class="pager no-print" aria-label={words.visits.title}>
                  {at.query.cursor === undefined ? null : (
                    <a class="button second" href={hereWith(at, { cursor: undefined })}>
                      {words.visits.newest}
                    </a>
                  )}
                  {older === null ? null : (
                    <a class="button second" href={hereWith(at, { cursor: older })}>
                      {words.visits.older}
                    </a>
                  )}
                </nav>
              </section>
            </div>
            <aside class="stack">
              <ReceiptCard at={at} receipt={ReceiptShape.parse(JSON.parse(found.receipt))} />
              <Tags at={at} tags={tags} />
              <Notes at={at} notes={notes} />
              <Actions at={at} companyKey={found.key} />
            </aside>
          </div>
        </>
      ),
    }
  },
})

async function hideAs(at: At, why: HiddenCompany['why']) {
  const gone = await at.run(hide, { params: { key: keyOf(at) }, body: { why } })
  return gone instanceof Refusal ? gone : { done: 'hidden', to: at.to('/') }
}

/** Hono decodes the path; what is no text is no key. */
const keyOf = ({ c }: At): string => c.req.param('key') ?? ''

const done = (result: unknown, what: string) => (result instanceof Refusal ? result : { done: what })

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Facts({ at: { t, f }, company: found }: { readonly at: At; readonly company: CompanyDetail }) {
  const words = t.company.facts
  const kind = COMPANY_KINDS.find((known) => known === found.kind)
  const facts: readonly (readonly [string, string | null])[] = [
    [words.seat, f.place(found.city, found.country)],
    [words.industry, found.industry],
    [words.employees, found.employees === null ? null : f.size(found.employees)],
    [words.kind, kind === undefined ? found.kind : t.names.kinds[kind]],
    [words.website, found.domain],
    [words.firstSeen, f.hours(found.firstHour)],
  ]
  return (
    <dl class="facts line">
      {facts
        .filter(([, value]) => value !== null && value !== '')
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  )
}
