/**
 * Dresses a request as Cloudflare and a browser would send it: the address in every header that ever carries one, a
 * token of its own in every other field that a Worker could keep.
 */
import type { Sending } from './client.ts'
import { CF_HEADER, SENTINEL_HEADERS } from './sentinels.ts'

/** Only the first is Cloudflare's word; the others are what proxies and careless programs read. */
const ADDRESS_HEADERS = [
  'CF-Connecting-IP',
  'X-Forwarded-For',
  'X-Real-IP',
  'True-Client-IP',
  'CF-Connecting-IPv6',
  'CF-Pseudo-IPv4',
  'X-Client-IP',
  'Fastly-Client-IP',
] as const

/** A header with this value becomes the origin of the Worker itself, which only the sender knows. */
export const SELF = 'self'

export function dressed(sending: Sending, address: string, url: URL): Sending {
  const addresses = Object.fromEntries(ADDRESS_HEADERS.map((name) => [name, address]))
  const own = Object.fromEntries(Object.entries(sending.headers).map(([name, value]) => [name, value === SELF ? url.origin : value]))
  const forwarded = `for=${address.includes(':') ? `"[${address}]"` : address};proto=https`
  return { ...sending, headers: { ...SENTINEL_HEADERS, ...CF_HEADER, ...addresses, Forwarded: forwarded, ...own } }
}

/** The usual headers with something joined on, for those that carry a sentinel already. */
export const alsoCookie = (pair: string): Record<string, string> => ({ Cookie: `${SENTINEL_HEADERS.Cookie}; ${pair}` })
export const alsoAgent = (product: string): Record<string, string> => ({ 'User-Agent': `${product} ${SENTINEL_HEADERS['User-Agent']}` })
