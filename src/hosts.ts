import { getDomain } from './public-suffix.ts'

/**
 * Which hosts belong together. A cookie set on one host is sent with an event to another only when both share a
 * registrable domain; so an opt-out made on `t.example.com` reaches the events of `www.example.com`, and one made on
 * `doorplate.account.workers.dev` reaches nobody's.
 *
 * The ICANN section of the public suffix list is used: `alice.github.io` and `bob.github.io` count as one there, so a
 * host on a shared platform must be equal to reach.
 */
const SHARED_PLATFORMS = ['workers.dev', 'pages.dev', 'github.io', 'netlify.app', 'vercel.app', 'web.app', 'herokuapp.com']

/** Whether a cookie set on `endpoint` travels with events from pages on `page`. Hosts may carry ports. */
export function cookieReaches(endpoint: string, page: string): boolean {
  const from = hostname(endpoint)
  const to = hostname(page)
  if (from === to) return true
  const domain = getDomain(from)
  return domain !== null && domain === getDomain(to) && !SHARED_PLATFORMS.includes(domain)
}

function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '')
}
