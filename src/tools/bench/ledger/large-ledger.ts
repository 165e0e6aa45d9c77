/**
 * A large ledger, generated from a seed in key order: sites of Zipf sizes, on each companies of Zipf sizes, which come
 * in working hours and walk over the site's pages. Counters only, as years of traffic would have left them.
 */
import { localDay } from '../../../ledger/clock.ts'
import { addDays, hoursOf } from '../../../ledger/period.ts'
import { COMPANY_KINDS } from '../../../words.ts'
import { seeded } from './seeded.ts'
import { zipf, zipfShares } from './zipf.ts'

export interface LargeLedger {
  readonly seed: number
  /** Rows of company_activity, exactly. */
  readonly rows: number
  readonly sites: number
  /** Companies on the largest site; the others have as many fewer as they are smaller. */
  readonly companies: number
  readonly days: number
  /** Last day, `YYYY-MM-DD`. */
  readonly to: string
}

export const TEN_MILLION: LargeLedger = { seed: 6, rows: 10_000_000, sites: 100, companies: 5_000, days: 90, to: '2026-11-21' }

export const ZONE = 'Europe/Berlin'
export const HOT_PAGES = ['/pricing', '/contact']

/** Site `n`, 0 being the largest. */
export const siteName = (n: number): string => `site-${String(n).padStart(3, '0')}`

export interface SiteShape {
  readonly id: string
  readonly companies: number
  readonly rows: number
}

/** Fewer rows than this and a company was hardly there. */
const LEAST_ROWS = 4

export function sitesOf({ rows, sites, companies }: LargeLedger): SiteShape[] {
  const counts = Array.from({ length: sites }, (_, n) => Math.max(1, Math.round(companies / (n + 1))))
  const least = LEAST_ROWS * counts.reduce((sum, count) => sum + count, 0)
  const shares = zipfShares(rows - least, sites, 0)
  return counts.map((count, n) => ({ id: siteName(n), companies: count, rows: (shares[n] ?? 0) + LEAST_ROWS * count }))
}

type Cell = string | number | null
export type Row = readonly Cell[]

/** Rows of one company, in key order. */
export interface CompanyRows {
  readonly key: string
  readonly company: Row
  readonly activity: readonly Row[]
  /** Sorted by day; a site's are sorted by day and then key. */
  readonly days: readonly Row[]
}

/** Companies of a site in key order. */
export function* companiesOf(shape: LargeLedger, site: SiteShape): Generator<CompanyRows> {
  const random = seeded(shape.seed + Number(site.id.slice(5)) * 7919)
  const slots = workingHours(shape, random)
  const shares = shuffled(zipfShares(site.rows, site.companies, LEAST_ROWS), random)
  for (const [index, rows] of shares.entries()) yield companyRows(site.id, index, rows, slots, random)
}

/** Every working hour once, every other daylight hour one time of ten. */
function workingHours({ days, to }: LargeLedger, random: () => number): number[] {
  const { from, to: end } = hoursOf({ from: addDays(to, 1 - days), to }, ZONE)
  const slots: number[] = []
  for (let hour = from; hour < end; hour += 1) {
    const at = new Date(hour * 3_600_000)
    const working = at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 6 && at.getUTCHours() < 17
    if (working || random() < 0.05) slots.push(hour)
  }
  return slots
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const mixed = [...list]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1))
    ;[mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T]
  }
  return mixed
}

// Each list is sorted, so that a row's place in the key is the place of its parts.
const KINDS = ['download', 'event', 'form', 'outbound', 'view'] as const
const VIEW = KINDS.indexOf('view')
const PATHS = [
  '/',
  '/contact',
  '/pricing',
  ...['blog', 'docs', 'news', 'products'].flatMap((part) =>
    Array.from({ length: 50 }, (_, n) => `/${part}/topic-${String(n).padStart(2, '0')}`),
  ),
].sort()
const SOURCES = Array.from({ length: 20 }, (_, n) => `source-${String(n).padStart(2, '0')}.example`)
/** Behind the entries without a source and the sources come the pages: `/` sorts before letters, so all are sorted at once. */
const ORIGINS = ['', ...SOURCES, ...PATHS].sort()
const NAMES: Readonly<Record<(typeof KINDS)[number], readonly string[]>> = {
  download: ['datasheet.pdf', 'manual.pdf', 'prices.xlsx', 'whitepaper.pdf'],
  event: ['configured', 'video'],
  form: ['contact', 'newsletter'],
  outbound: ['github.com', 'linkedin.com', 'shop.example'],
  view: [''],
}
/** Popular pages lie anywhere in the alphabet. */
const POPULAR_PATHS = shuffled(
  PATHS.map((_, at) => at),
  seeded(1),
)
const POPULAR_SOURCES = shuffled([...SOURCES, '', '', ''], seeded(2)).map((source) => ORIGINS.indexOf(source))
const ORIGIN_OF_PATH = PATHS.map((path) => ORIGINS.indexOf(path))
const IS_HOT = PATHS.map((path) => HOT_PAGES.includes(path))

/** The parts of a key as one number that sorts like them. */
const code = (kind: number, path: number, origin: number, name: number): number =>
  ((kind * PATHS.length + path) * ORIGINS.length + origin) * 8 + name

function companyRows(site: string, index: number, rows: number, slots: readonly number[], random: () => number): CompanyRows {
  const key = `dom:firm-${String(index).padStart(5, '0')}.example`
  const perHour = new Map<number, number>()
  for (let left = rows; left > 0; ) {
    const visit = Math.min(left, 1 + Math.floor(random() * 7))
    const hour = slots[Math.floor(random() * slots.length)] ?? 0
    perHour.set(hour, (perHour.get(hour) ?? 0) + visit)
    left -= visit
  }
  const activity: Row[] = []
  const days = new Map<string, Day>()
  const hours = [...perHour.keys()].sort((a, b) => a - b)
  for (const hour of hours) {
    const { day } = localDay(hour, ZONE)
    const sum = days.get(day) ?? newDay(hour)
    days.set(day, sum)
    if (sum.last !== hour - 1) sum.visits += 1
    sum.last = hour
    for (const [place, { count, seconds }] of hourOf(perHour.get(hour) ?? 0, random)) {
      const name = place % 8
      const origin = Math.floor(place / 8) % ORIGINS.length
      const path = Math.floor(place / 8 / ORIGINS.length) % PATHS.length
      const kind = KINDS[Math.floor(place / 8 / ORIGINS.length / PATHS.length)] ?? 'view'
      activity.push([site, key, hour, kind, PATHS[path] ?? '', ORIGINS[origin] ?? '', NAMES[kind][name] ?? '', count, seconds])
      sum.counts[kind] += count
      sum.seconds += seconds
      if (kind !== 'view') continue
      sum.pages.add(path)
      if (IS_HOT[path] === true) sum.hot += count
      const source = ORIGINS[origin] ?? ''
      if (source !== '' && !source.startsWith('/')) sum.sources.add(source)
    }
  }
  return {
    key,
    company: masterData(site, key, index, hours[0] ?? 0),
    activity,
    days: [...days].map(([day, sum]) => dayRow(site, day, key, sum)),
  }
}

interface Day {
  visits: number
  seconds: number
  hot: number
  readonly first: number
  last: number
  readonly counts: Record<(typeof KINDS)[number], number>
  readonly pages: Set<number>
  readonly sources: Set<string>
}

const newDay = (hour: number): Day => ({
  visits: 0,
  seconds: 0,
  hot: 0,
  first: hour,
  last: -1,
  counts: { view: 0, download: 0, outbound: 0, form: 0, event: 0 },
  pages: new Set(),
  sources: new Set(),
})

/** Exactly `rows` different counters of one hour, in key order. */
function hourOf(rows: number, random: () => number): [number, { count: number; seconds: number }][] {
  const counters = new Map<number, { count: number; seconds: number }>()
  let at = -1
  while (counters.size < rows) {
    const path = POPULAR_PATHS[zipf(PATHS.length, random())] ?? 0
    const dice = random()
    const entry = at === -1 || dice < 0.3
    const origin = entry ? (POPULAR_SOURCES[zipf(POPULAR_SOURCES.length, random())] ?? 0) : (ORIGIN_OF_PATH[at] ?? 0)
    const kind = dice > 0.92 ? Math.floor(random() * VIEW) : VIEW
    const place =
      kind === VIEW ? code(kind, path, origin, 0) : code(kind, path, 0, Math.floor(random() * NAMES[KINDS[kind] ?? 'view'].length))
    const counter = counters.get(place) ?? { count: 0, seconds: 0 }
    counters.set(place, counter)
    counter.count += 1
    if (kind !== VIEW) continue
    counter.seconds += Math.floor(random() * 90)
    at = path
  }
  return [...counters].sort(([a], [b]) => a - b)
}

function dayRow(site: string, day: string, key: string, sum: Day): Row {
  const { view, download, outbound, form, event } = sum.counts
  const { pages, seconds, visits, first, last, hot } = sum
  const sources = JSON.stringify([...sum.sources].sort())
  const paths = `${pages.size}${JSON.stringify([...pages].sort((a, b) => a - b).map((page) => PATHS[page]))}`
  return [site, day, key, view, pages.size, seconds, download, outbound, form, event, visits, first, last, hot, sources, paths]
}

const COUNTRIES = ['DE', 'AT', 'CH', 'FR', 'NL', 'IT', 'PL', 'US', 'GB', 'SE']
const INDUSTRIES = [
  'Automotive',
  'Machinery',
  'Chemicals',
  'Banking',
  'Retail',
  'Software',
  'Logistics',
  'Energy',
  'Higher education',
  'Food',
]
const SIZES = ['51-200', '201-500', '501-1000', '1001-5000', '5001-10000', '10001+', null]
const CITIES = ['Munich', 'Graz', 'Basel', 'Lyon', 'Utrecht', 'Turin', null]
const RECEIPT = JSON.stringify({
  source: 'benchmark',
  licence: 'CC0',
  sourceVersion: '2.3.2026061719',
  sourceDate: '2026-06-17',
  evidence: 'made for a benchmark; no such company and no such network',
  confidence: 75,
  tableVersion: 'f'.repeat(64),
})

function masterData(site: string, key: string, index: number, firstHour: number): Row {
  const of = <T>(list: readonly T[], step: number): T => list[(index * step) % list.length] as T
  const name = `Company ${index} of Benchmark GmbH`
  return [
    site,
    key,
    of(COMPANY_KINDS, 7),
    name,
    key.slice(4),
    of(COUNTRIES, 3),
    of(CITIES, 5),
    of(INDUSTRIES, 11),
    of(SIZES, 13),
    RECEIPT,
    firstHour,
  ]
}

/** Anonymous totals of a site, in key order: twenty times what companies did, over the same paths, sources and days. */
export function* totalsOf(shape: LargeLedger, site: SiteShape): Generator<Row> {
  const random = seeded(shape.seed + Number(site.id.slice(5)) * 104729)
  const daily = (site.rows * 20) / shape.days
  for (let day = addDays(shape.to, 1 - shape.days); day <= shape.to; day = addDays(day, 1)) {
    for (const [dimension, values, share] of DIMENSIONS) {
      const rows: Row[] = []
      const whole = values.reduce((sum, _, at) => sum + 1 / (at + 1), 0)
      for (const [at, value] of values.entries()) {
        const count = Math.floor(((daily * share) / whole / (at + 1)) * (0.5 + random()))
        if (count > 0) rows.push([site.id, day, dimension, value, count])
      }
      yield* rows.sort((a, b) => (String(a[3]) < String(b[3]) ? -1 : 1))
    }
  }
}

/** A site's own pages and some that are long gone; its known sources and the tail of the web. */
const DIMENSIONS: readonly (readonly [string, readonly string[], number])[] = [
  ['activity', ['view', 'download', 'outbound', 'event', 'form'], 1.1],
  ['country', [...COUNTRIES, ...Array.from({ length: 20 }, (_, n) => `Z${String.fromCharCode(65 + (n % 26))}${Math.floor(n / 26)}`)], 1],
  ['device', ['desktop', 'phone', 'tablet'], 1],
  ['outcome', ['unlisted', 'kind', 'bot', 'rule', 'sensitive-path'], 1.1],
  ['path', [...POPULAR_PATHS.map((at) => PATHS[at] ?? '/'), ...Array.from({ length: 97 }, (_, n) => `/old/${n}`)], 1],
  ['source', [...SOURCES, ...Array.from({ length: 80 }, (_, n) => `tail-${n}.example`)], 0.4],
]
