import { isbot } from 'isbot'

/**
 * The little that is read of a browser: whether it is a program, whether it is only prefetching, and how large the
 * device is, in three words. Read after the gate has opened; the user agent itself goes nowhere (P2).
 */
export type Device = 'desktop' | 'phone' | 'tablet'

export function isBot(headers: Headers): boolean {
  const agent = agentOf(headers)
  return isbot(agent) && !BY_HAND.test(agent)
}

/** Its beginning, which is all there is of a browser's: patterns must not run over what a sender made long on purpose. */
function agentOf(headers: Headers): string {
  return (headers.get('user-agent') ?? '').slice(0, MAX_AGENT)
}

const MAX_AGENT = 512

/**
 * Programs that never run a page's script. Their event was written by somebody who tries the line out, so it is
 * counted; a crawler that runs scripts is what the bot check is for.
 */
const BY_HAND = /^(?:curl|wget|httpie|node|undici|deno|bun|python-requests|python-urllib|postmanruntime|insomnia)\b|^mozilla\/[\d.]+$/i

/** A word and its parameters. */
const MAX_PURPOSE = 64

/** A page fetched in advance was not visited. */
export function isPrefetch(headers: Headers): boolean {
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-moz')
  return purpose !== null && /prefetch|prerender|preview/i.test(purpose.slice(0, MAX_PURPOSE))
}

export function deviceOf(headers: Headers): Device {
  const agent = agentOf(headers)
  if (/ipad|tablet|^(?=.*android)(?!.*mobile)/i.test(agent)) return 'tablet'
  return /mobi|iphone|ipod/i.test(agent) ? 'phone' : 'desktop'
}

/** Country of the request as Cloudflare states it, for the anonymous totals only; `XX` where unknown. */
export function countryOf(cf: Request['cf']): string {
  const country = cf !== undefined && 'country' in cf ? cf.country : undefined
  return typeof country === 'string' && /^[A-Z][A-Z0-9]$/.test(country) ? country : 'XX'
}
