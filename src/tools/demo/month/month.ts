/**
 * Six weeks of invented visits to the demo website, so that a newcomer sees what the dashboard looks like when it lives.
 * The organisations are real entries of the range table; who of them came, when and for what is drawn by a seeded
 * generator, a day by itself: the same day of the same table is the same on every machine.
 */

import type { TotalsEntry } from '../../../ledger/activity.ts'
import { type Counts, countsOfActivity, countsOfLeave, countsOfTotals } from '../../../ledger/batch.ts'
import { mergeCounts } from '../../../ledger/gather.ts'
import { type Days, hoursOf } from '../../../ledger/period.ts'
import type { Site } from '../../../ledger/site.ts'
import type { CompanyRecord } from '../../../words.ts'
import { seeded } from '../../bench/ledger/seeded.ts'
import { PRODUCTS } from '../catalogue.ts'
import { pick, type Random, type Weighted, walk } from './walks.ts'

/** A default period of thirty days, and some weeks before it: so there are returning companies as well as new ones. */
export const DAYS_OF_DEMO = 45

/** How many organisations come at all. */
const GUESTS = 64
/** People of no listed organisation on a working day. */
const STRANGERS_A_DAY = 80

const SOURCES: Weighted<string> = [
  ['google.com', 46],
  ['', 26],
  ['linkedin.com', 8],
  ['bing.com', 6],
  ['newsletter / email', 6],
  ['duckduckgo.com', 3],
  ['xing.com', 2],
  ['partner / referral', 3],
]
const COUNTRIES: Weighted<string> = [
  ['DE', 62],
  ['AT', 8],
  ['CH', 7],
  ['NL', 5],
  ['FR', 4],
  ['PL', 4],
  ['GB', 3],
  ['US', 5],
  ['IT', 2],
]
const DEVICES: Weighted<string> = [
  ['desktop', 58],
  ['phone', 37],
  ['tablet', 5],
]
/** Local hours in which people work, with a dip at noon. */
const HOURS: Weighted<number> = [
  [7, 2],
  [8, 6],
  [9, 10],
  [10, 11],
  [11, 9],
  [12, 5],
  [13, 8],
  [14, 10],
  [15, 9],
  [16, 7],
  [17, 3],
  [18, 1],
  [20, 1],
]

interface Guest {
  readonly company: CompanyRecord
  /** Visits on a working day. */
  readonly rate: number
  readonly interest: string
  /** Days after the first one before which it has not come. */
  readonly since: number
}

/** Those who come: mostly firms near the invented maker, a few authorities and universities, the demo's own visitors first. */
export function guestsOf(companies: readonly CompanyRecord[]): Guest[] {
  const random = seeded(7)
  const near: Readonly<Record<string, number>> = { DE: 9, AT: 3, CH: 3, NL: 2, FR: 1, PL: 1, DK: 1 }
  const weightOf = ({ kind, country, employees }: CompanyRecord): number =>
    (kind === 'business' ? 8 : kind === 'education' ? 0.15 : 0.25) * (near[country] ?? 0.2) * (employees === null ? 0.5 : 1)
  // Efraimidis and Spirakis: the largest of random^(1/weight) is a weighted sample without replacement.
  const drawn = companies
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((company) => ({ company, place: PERSONAS.test(company.name) ? 2 : random() ** (1 / weightOf(company)) }))
    .sort((a, b) => b.place - a.place)
    .slice(0, GUESTS)
  return drawn.map(({ company }, rank) => ({
    company,
    rate: 1.1 / (1 + rank * 0.28),
    interest: pick(
      PRODUCTS.map(({ slug }, index) => [slug, 3 - index * 0.8] as const),
      random,
    ),
    since: random() < 0.45 ? 0 : Math.floor(random() * DAYS_OF_DEMO * 0.95),
  }))
}

/** Whom a visitor of the demo website can pretend to be, see ../personas.ts. */
const PERSONAS = /^(?:BMW|Siemens$|Mercedes-Benz|RWTH)/

/**
 * What happened on a day.
 * @param number of the day: 0 is the first of all.
 * @param until hour that has not begun yet.
 */
export function countsOfDay(site: Site, day: string, number: number, until: number, guests: readonly Guest[]): Counts {
  const random = seeded(Number(day.replaceAll('-', '')))
  const all: Counts[] = []
  const busy = busyness(day)
  const { from } = hoursOf({ from: day, to: day } satisfies Days, site.timeZone)
  const hour = (): number => from + pick(HOURS, random)
  for (const { company, rate, interest, since } of guests) {
    if (number < since) continue
    // Whoever is new reads a lot in the first days.
    const visits = draw(rate * busy * (number - since < 4 ? 1.8 : 1), random)
    for (let visit = 0; visit < visits; visit += 1) all.push(...visitOf(site, company, interest, hour(), until, random))
  }
  for (let stranger = draw(STRANGERS_A_DAY * (0.25 + 0.75 * busy), random); stranger > 0; stranger -= 1) {
    if (hour() >= until) continue
    all.push(...strangerOf(site, day, random))
  }
  return mergeCounts(all)
}

/** 1 on a working day; less at the weekend; a newsletter goes out on every second Tuesday. */
function busyness(day: string): number {
  const date = new Date(`${day}T00:00:00Z`)
  const weekday = date.getUTCDay()
  if (weekday === 0) return 0.06
  if (weekday === 6) return 0.1
  const newsletter = weekday === 2 && Math.floor(date.getTime() / 604_800_000) % 2 === 0
  return newsletter ? 1.6 : weekday === 5 ? 0.75 : 1
}

/** So many that the mean is `mean` (Poisson, by Knuth's product). */
function draw(mean: number, random: Random): number {
  const floor = Math.exp(-Math.min(mean, 200))
  let count = 0
  for (let product = random(); product > floor; product *= random()) count += 1
  return count
}

function visitOf(site: Site, company: CompanyRecord, interest: string, begun: number, until: number, random: Random): Counts[] {
  const journeys = (Number.parseInt(company.employees ?? '0', 10) || 0) >= site.settings.journeysFrom
  const source = pick(SOURCES, random)
  const counts: Counts[] = []
  let seconds = Math.floor(random() * 3600)
  for (const step of walk(interest, random)) {
    const hour = begun + Math.floor(seconds / 3600)
    if (hour >= until) break
    const at = { siteId: site.id, company, hour, path: step.path, origin: step.from === null ? source : journeys ? step.from : '' }
    counts.push(
      countsOfActivity({ ...at, kind: 'view', name: '' }, site.timeZone),
      countsOfLeave({ ...at, seconds: step.seconds }, site.timeZone),
    )
    for (const { kind, name } of step.deeds) counts.push(countsOfActivity({ ...at, kind, name, origin: '' }, site.timeZone))
    seconds += step.seconds + 4
  }
  return counts
}

/** A visit that stays anonymous: every event adds one to each dimension by itself. */
function strangerOf(site: Site, day: string, random: Random): Counts[] {
  const outcome = pick(
    [
      ['unlisted', 88],
      ['bot', 30],
      ['kind', 3],
      ['sensitive-path', 0.6],
      ['rule', 0.4],
    ] as const,
    random,
  )
  const entry = (counts: TotalsEntry['counts']): Counts =>
    countsOfTotals({ siteId: site.id, day, counts: [['outcome', outcome], ...counts] })
  if (outcome === 'bot') return [entry([])]
  const [country, device, source] = [pick(COUNTRIES, random), pick(DEVICES, random), pick(SOURCES, random)]
  const interest = pick(
    PRODUCTS.map(({ slug }) => [slug, 1] as const),
    random,
  )
  return walk(interest, random).flatMap((step) => [
    entry([
      ['activity', 'view'],
      ['path', step.path],
      ['country', country],
      ['device', device],
      ...(step.from === null ? [['source', source] as const] : []),
    ]),
    ...step.deeds.map(({ kind }) => entry([['activity', kind]])),
  ])
}
