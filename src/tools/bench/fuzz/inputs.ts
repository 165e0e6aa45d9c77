/**
 * Made-up events: half of them nearly right, because what is wrong at first sight gets no further than the parser. From a
 * seed, so that what was found is found again.
 */
import { seeded } from '../ledger/seeded.ts'

export interface Input {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly country: unknown
}

/** Stands in headers that nothing may be kept of. */
export const MARK = 'fuzzmark'
export const ORIGIN = 'https://shop.example'

const KINDS = ['view', 'leave', 'download', 'outbound', 'form', 'event', 'click', '', 'VIEW', 'constructor', '__proto__']
const PATHS = [
  '/',
  '/pricing',
  '/karriere',
  '/a/b/c',
  '//evil',
  '/%',
  '/%00',
  '/%2e%2e/',
  '/..;/',
  '/\u0000',
  '/a?b=1#c',
  '/ä',
  '/%C3%A4',
  '/😀',
  '/\ud800',
  'x',
  '',
]
const HOSTS = [
  'www.google.com',
  'google',
  '198.51.100.77',
  '[::1]',
  'xn--a',
  '.',
  'a..b',
  `${'a.'.repeat(120)}example`,
  'UPPER.example',
  'with space.example',
  '(other)',
]
const SIGNS = [
  '"',
  '\\',
  '\n',
  '\u2028',
  '\u202e',
  '{',
  '[',
  '0',
  'e',
  '%',
  '/',
  ':',
  '@',
  '.',
  '-',
  ' ',
  'a',
  'Z',
  '😀',
  '\u0000',
  '\ufffd',
  '\ufeff',
]
const ADDRESSES = [
  '203.0.113.20',
  '192.0.2.9',
  '198.51.100.9',
  '2001:db8:1::9',
  '8.8.8.8',
  '::ffff:203.0.113.20',
  '',
  'unknown',
  '203.0.113.020',
  '1e3',
  '::1%eth0',
  '999.1.1.1',
]
const AGENTS = ['', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 'Mozilla/5.0 (iPhone) Mobile', 'Googlebot/2.1', 'curl/8']
const ORIGINS = [
  'http://shop.example',
  'https://shop.example:443',
  'null',
  '',
  'https://',
  'https://user@shop.example',
  'https://shop.example/path',
  'ftp://shop.example',
  'https://SHOP.example',
  'https://stranger.example',
]
const OBJECTIONS = [['Sec-GPC', '1'], ['DNT', '1'], ['X-Opt-Out', '1'], ['Cookie', 'optout=1']] as const // biome-ignore format: one line
const METHODS = ['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']

export interface Batch {
  readonly seed: number
  readonly count: number
  /** An address of a company that is listed. */
  readonly listed: string
}

export function* inputs({ seed, count, listed }: Batch): Generator<Input> {
  const random = seeded(seed)
  const below = (number: number): number => Math.floor(random() * number)
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T
  const noise = (most: number): string => Array.from({ length: below(most) }, () => pick(SIGNS)).join('')
  const maybe = (share: number, value: () => unknown): unknown => (random() < share ? value() : undefined)
  const wrong = (): unknown => pick<unknown>([null, true, {}, [], -1, 1e21, 0.5, 3601, 2 ** 53, noise(10), { toString: 1 }, [[[]]]])
  /** Nearly always as it should be. */
  const or = (right: () => unknown): unknown => (random() < 0.04 ? wrong() : right())

  const nearlyRight = (): unknown => ({
    k: or(() => (random() < 0.8 ? pick(KINDS.slice(0, 6)) : pick(KINDS))),
    p: or(() => (random() < 0.9 ? pick(PATHS) : `/${noise(random() < 0.1 ? 600 : 40)}`)),
    f: maybe(0.4, () => or(() => pick(PATHS))),
    r: maybe(0.4, () => or(() => pick(HOSTS))),
    us: maybe(0.2, () => or(() => pick(['newsletter', 'Google', noise(70)]))),
    um: maybe(0.2, () => or(() => pick(['email', noise(70)]))),
    uc: maybe(0.1, () => or(() => noise(70))),
    d: maybe(0.3, () => or(() => below(4000))),
    n: maybe(0.4, () => or(() => pick(['datasheet.pdf', 'contact', noise(70), '__proto__']))),
    ok: maybe(0.2, () => pick([0, 1, 1, 1, true, '1'])),
    [pick(['ip', '__proto__', 'constructor', 'k ', 'K'])]: maybe(0.03, wrong),
  })

  const bodyOf = (): string => {
    const kind = random()
    if (kind < 0.7) return JSON.stringify(nearlyRight())
    const text = kind < 0.85 ? JSON.stringify(nearlyRight()) : noise(200)
    if (kind < 0.85) return text.slice(0, below(text.length)) + noise(5) + text.slice(below(text.length))
    if (kind < 0.95) return text
    return kind < 0.98 ? text.padEnd(below(4000), pick(SIGNS)) : '['.repeat(below(2000))
  }

  const headersOf = (): Record<string, string> => ({
    ...(random() < 0.95 && { Origin: random() < 0.8 ? ORIGIN : pick(ORIGINS) }),
    ...(random() < 0.9 && { 'User-Agent': `${pick(AGENTS)}${random() < 0.1 ? ` ${MARK} ${latin(noise(300))}` : ''}` }),
    ...(random() < 0.95 && { 'CF-Connecting-IP': random() < 0.4 ? listed : random() < 0.9 ? pick(ADDRESSES) : latin(noise(60)) }),
    ...(random() < 0.1 && { Cookie: latin(`${MARK}=${noise(100)}`) }),
    ...(random() < 0.1 && { 'Accept-Language': MARK }),
    ...(random() < 0.05 && { 'Sec-Purpose': pick(['prefetch', 'prerender', latin(noise(30))]) }),
    ...(random() < 0.05 && Object.fromEntries([pick(OBJECTIONS)])),
    ...(random() < 0.05 && { [`X-${MARK}-${below(1000)}`]: latin(noise(200)) }),
  })

  for (let index = 0; index < count; index += 1) {
    const method = random() < 0.99 ? 'POST' : pick(METHODS)
    yield { method, headers: headersOf(), body: bodyOf(), country: pick(['DE', 'AT', 'T1', 'XX', '', 'de', 'DEU', '<b>', 7, null]) }
  }
}

/** What a header's value may be made of. */
function latin(text: string): string {
  return text.replace(/[^\x20-\x7e\xa0-\xff]/g, '?').trim()
}
