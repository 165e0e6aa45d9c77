import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { api } from './api/serve.ts'
import { type AdminEnv, configured, signedIn } from './auth.ts'
import type { AdminHouse } from './house.ts'
import { notice } from './pages/notice.tsx'
import { pages } from './pages/routes.tsx'
import { door } from './pages/sign-in.tsx'
import { problem } from './problem.ts'

/**
 * The admin: JSON under /admin/api, the same queries as pages. Nothing inline, nothing from elsewhere, nothing cached.
 * @param house the clock, randomness and what lives in other rooms.
 */
export function openAdmin(house: AdminHouse): Hono<AdminEnv> {
  const admin = new Hono<AdminEnv>().basePath('/admin')

  // The framework's own handlers print the stack or the path asked for; ours say one sentence: to a program as a
  // problem document, to a reader as a page.
  admin.onError((_error, c) => {
    if (!isApi(c)) return notice(c, 500, (t) => t.frame.broken)
    return problem(c, 500, 'The ledger did not answer. Try again; have the migrations run?')
  })
  admin.notFound((c) => (isApi(c) ? problem(c, 404, 'There is nothing here.') : notice(c, 404, (t) => t.frame.nothingHere)))

  admin.use(async (c, next) => {
    c.set('house', house)
    await next()
    for (const [name, value] of HEADERS) c.header(name, value)
  }, configured)

  // Hono tells /admin from /admin/ and readers do not.
  admin.get('/*', (c, next) => {
    const { pathname, search } = new URL(c.req.url)
    return pathname.endsWith('/') ? Promise.resolve(c.redirect(`${pathname.replace(/\/+$/, '')}${search}`, 301)) : next()
  })
  admin.route('/', door)
  admin.use(signedIn)
  admin.route('/api', api)
  admin.route('/', pages)
  return admin
}

/** On every answer: nothing inline, nothing from elsewhere, in no frame, kept nowhere, found by no search engine. */
const HEADERS = Object.entries({
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Origin-Agent-Cluster': '?1',
  'Referrer-Policy': 'same-origin',
  'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'X-Download-Options': 'noopen',
  'X-Frame-Options': 'DENY',
  'X-Permitted-Cross-Domain-Policies': 'none',
  'X-Robots-Tag': 'noindex',
  'X-XSS-Protection': '0',
})

const isApi = (c: Context): boolean => /^\/admin\/api(?:\/|$)/.test(c.req.path)
