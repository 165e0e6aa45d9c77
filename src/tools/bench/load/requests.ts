/** Requests as browsers send them: one list, sent from its beginning to its end by every connection, so that what must be counted is known. */
import type autocannon from 'autocannon'
import { sequence } from '../figure.ts'
import type { LoadTable } from './table.ts'

export const ORIGIN = 'https://www.bench.example'
const COUNT = 500
/** Of a hundred requests, so many come from a listed company. */
const LISTED = 5
const PATHS = 200
const SOURCES = ['www.google.com', 'www.bing.com', 'www.linkedin.com', 'duckduckgo.com', 'news.example.org']
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
]

export interface Requests {
  readonly list: autocannon.Request[]
  /** Of one pass through the list: events of companies, and events of everybody else. Seconds of a `leave` are none. */
  readonly ledger: number
  readonly totals: number
}

export function requestsOver({ listed, others }: LoadTable): Requests {
  const next = sequence(7)
  const pick = <T>(from: readonly T[]): T => from[next() % from.length] as T
  let [ledger, totals] = [0, 0]
  const list = Array.from({ length: COUNT }, (_, index): autocannon.Request => {
    const company = index % 100 < LISTED
    const event = eventOf(index, next)
    if (event.k !== 'leave') company ? ledger++ : totals++
    return { method: 'POST', path: '/e', headers: headersOf(pick(company ? listed : others), pick(AGENTS)), body: JSON.stringify(event) }
  })
  return { list, ledger, totals }

  function eventOf(index: number, draw: () => number) {
    const p = `/products/page-${zipf(draw)}`
    if (index % 7 === 6) return { k: 'leave', p, d: draw() % 60 }
    if (index % 23 === 22) return { k: 'download', p, n: 'datasheet.pdf' }
    return draw() % 5 < 2 ? { k: 'view', p, r: pick(SOURCES) } : { k: 'view', p, f: `/products/page-${zipf(draw)}` }
  }
}

/** The second page half as often as the first, and so on. */
function zipf(draw: () => number): number {
  return Math.floor(PATHS ** (draw() / 2 ** 32)) - 1
}

function headersOf(address: string, agent: string): Record<string, string> {
  return {
    Origin: ORIGIN,
    Referer: `${ORIGIN}/`,
    'Content-Type': 'text/plain;charset=UTF-8',
    'User-Agent': agent,
    Accept: '*/*',
    'Accept-Language': 'de-DE,de;q=0.9,en;q=0.8',
    'Accept-Encoding': 'gzip, deflate, br, zstd',
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'no-cors',
    'Sec-Fetch-Site': 'same-site',
    'CF-Connecting-IP': address,
  }
}
