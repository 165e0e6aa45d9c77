/**
 * How people walk the demo website: from which page to which, how long they read, what they do there. The pages and
 * names are those of the website itself, so that a click of a real visitor joins in.
 */
import type { ActivityKind } from '../../../words.ts'
import { dataSheetName, PRODUCTS } from '../catalogue.ts'

export type Random = () => number

export interface Step {
  readonly path: string
  /** Path of the page before, or null on an entry page. */
  readonly from: string | null
  readonly seconds: number
  readonly deeds: readonly { readonly kind: Exclude<ActivityKind, 'view'>; readonly name: string }[]
}

/** A list of things with how likely each is. */
export type Weighted<T> = readonly (readonly [thing: T, weight: number])[]

export function pick<T>(from: Weighted<T>, random: Random): T {
  let left = random() * from.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [thing, weight] of from) {
    left -= weight
    if (left < 0) return thing
  }
  const last = from.at(-1)
  if (last === undefined) throw new Error('nothing to pick from')
  return last[0]
}

const PRODUCT_PATHS = PRODUCTS.map(({ slug }) => `/products/${slug}`)
const CASE = '/news/wellinghafen-waterworks'

/** @param interest slug of the product that the visitor came for. */
function next(path: string, interest: string): Weighted<string | null> {
  const wanted = `/products/${interest}`
  const products = PRODUCT_PATHS.map((each): readonly [string, number] => [each, each === wanted ? 6 : 1])
  switch (path) {
    case '/':
      return [
        ['/products', 4],
        [wanted, 3],
        ['/pricing', 1],
        ['/news', 1],
        ['/careers', 0.5],
        [null, 3],
      ]
    case '/products':
      return [...products, ['/pricing', 1.5], [null, 2]]
    case '/pricing':
      return [
        ['/contact', 2.5],
        [wanted, 2],
        ['/products', 0.8],
        [null, 3.5],
      ]
    case '/contact':
      return [
        ['/', 0.4],
        ['/pricing', 0.3],
        [null, 6],
      ]
    case '/news':
      return [
        [CASE, 4],
        ['/products', 1],
        [null, 3],
      ]
    case CASE:
      return [
        ['/products/flow-f2', 3],
        ['/products/harbour-g4', 1],
        ['/contact', 0.6],
        [null, 4],
      ]
    case '/careers':
      return [
        ['/', 1],
        ['/contact', 0.5],
        [null, 5],
      ]
    default:
      return [
        ['/pricing', 3.5],
        ['/contact', 1],
        ['/products', 1.2],
        ...products.filter(([each]) => each !== path).map(([each]) => [each, 0.7] as const),
        [null, 3.5],
      ]
  }
}

const ENTRIES: Weighted<string> = [
  ['/', 5],
  ['/products', 1],
  ['/pricing', 0.6],
  ['/news', 0.5],
  [CASE, 0.8],
  ['/careers', 0.6],
]
const LONGEST_WALK = 12

/** One person's way through the website, from an entry page until they leave. */
export function walk(interest: string, random: Random): Step[] {
  const entry = random() < 0.3 ? `/products/${interest}` : pick(ENTRIES, random)
  const steps: Step[] = []
  let from: string | null = null
  for (let path: string | null = entry; path !== null && steps.length < LONGEST_WALK; ) {
    steps.push({ path, from, seconds: secondsOn(path, random), deeds: deedsOn(path, random) })
    from = path
    path = pick(next(path, interest), random)
  }
  return steps
}

/** Most people glance, some read. */
function secondsOn(path: string, random: Random): number {
  const usual = path === '/' || path === '/products' ? 18 : path === '/contact' ? 35 : 55
  return Math.round(usual * (0.2 + 2.2 * random() ** 2))
}

function deedsOn(path: string, random: Random): Step['deeds'] {
  const product = PRODUCTS.find(({ slug }) => path === `/products/${slug}`)
  if (product !== undefined) {
    if (random() < 0.14) return [{ kind: 'download', name: dataSheetName(product) }]
    if (random() < 0.05) return [{ kind: 'outbound', name: 'en.wikipedia.org' }]
  }
  if (path === '/pricing' && random() < 0.22)
    return [
      {
        kind: 'event',
        name: pick(
          [
            ['faq-subscription', 2],
            ['faq-calibration', 1],
            ['faq-minimum-order', 1],
          ],
          random,
        ),
      },
    ]
  if (path === '/contact' && random() < 0.16) return [{ kind: 'form', name: 'contact' }]
  return []
}
