import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { Route } from '../../../src/admin/api/route.ts'
import { ROUTES } from '../../../src/admin/api/routes.ts'
import { knownFields } from '../../../src/admin/api/wrong.ts'
import { openAdmin } from '../../../src/admin/app.tsx'
import { addSite } from '../fixtures.ts'
import { type Ask, api, ask, emptyDesk, fill, HOUSE } from './desk.ts'

/** Values that broke other products, and some that are right. */
const VALUES = [
  '',
  '0',
  '-1',
  '1e9',
  'NaN',
  '50',
  'shop',
  'other',
  'dom:bmw.example',
  'dom:b\u0000mw',
  'lei:\u202e',
  '2026-11-01',
  '2026-11-30',
  '2026-02-30',
  '9999-12-31',
  '0000-01-01',
  '%',
  '_',
  "'; DROP TABLE companies; --",
  '=1+1',
  '/docs*',
  '/*',
  'score',
  'csv',
  'true',
  'DE',
  '\u0000',
  '\ud800',
  '../../etc',
  'constructor',
  '__proto__',
  'WyJhIiwxLCJiIl0',
  'eyJhIjoxfQ',
  'x'.repeat(5_000),
] as const

const value = fc.oneof(fc.constantFrom(...VALUES), fc.string({ maxLength: 40, unit: 'grapheme' }))
const json = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(null, [], {}, 7, 'x'))

const named = ROUTES.map((route) => [`${route.method.toUpperCase()} ${route.path}`, route] as const)

beforeAll(async () => {
  await emptyDesk()
  await addSite()
  await addSite({ id: 'other', name: 'Other' })
  await fill([
    { path: '/', origin: 'google.com' },
    { path: '/pricing', origin: '/' },
  ])
})

/** Requests of a route: path, query and body from the fields it knows and some it does not. */
function requests(route: Route): fc.Arbitrary<{ readonly path: string; readonly body: unknown }> {
  const names = fc.constantFrom(...knownFields(route.query), 'site', 'cursor', 'foo', '__proto__')
  const query = fc.array(fc.tuple(names, value), { maxLength: 4 })
  const fields = route.body === null ? ['x'] : [...knownFields(route.body), 'x']
  const body = route.body === null ? fc.constant(undefined) : fc.oneof(fc.dictionary(fc.constantFrom(...fields), json), json)
  const params = fc.array(value, { minLength: 2, maxLength: 2 })
  return fc
    .record({ query, body, params, site: fc.constantFrom('shop', 'shop', 'shop', 'nowhere') })
    .map(({ query, body, params, site }) => {
      let at = 0
      const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent((params[at++] ?? 'x').toWellFormed() || 'x'))
      const search = new URLSearchParams(route.site === 'query' ? [['site', site], ...query] : query)
      return { path: `${path}?${search}`, body }
    })
}

describe('whatever is asked', () => {
  test.each(named)('%s never answers 500, and a 4xx is a problem document in our words', async (_, route) => {
    await fc.assert(
      fc.asyncProperty(requests(route), async ({ path, body }) => {
        const options: Ask = { method: route.method.toUpperCase(), ...(body === undefined ? {} : { json: body }) }
        const response = await api(path, options)
        expect(response.status, path).toBeLessThan(500)
        if (response.status < 400) return
        expect(response.headers.get('content-type')).toBe('application/problem+json')
        const problem = await response.json<{ detail: string; field?: string }>()
        expect(problem.detail.length).toBeLessThan(600)
        expect(problem.detail).not.toMatch(/SQLITE|D1_ERROR|ZodError|at \w+ \(|undefined is not/)
        if (response.status === 400) expect(problem.field).toBeTruthy()
      }),
      { numRuns: 40, seed: 6 },
    )
  })

  test('the pages and the door never answer 500 either', async () => {
    const doors = openAdmin(HOUSE)
      .routes.filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/admin/api'))
      .map(({ method, path }) => [method, path] as const)
    expect(doors.length).toBeGreaterThan(5)
    const query = fc.array(
      fc.tuple(
        fc.constantFrom('site', 'from', 'to', 'days', 'sort', 'cursor', 'path', 'q', 'lang', 'done', 'n', 'form', 'code', 'token', 'foo'),
        value,
      ),
      { maxLength: 4 },
    )
    for (const [method, path] of doors) {
      await fc.assert(
        fc.asyncProperty(query, value, async (fields, param) => {
          const where = path.replaceAll(/:\w+/g, () => encodeURIComponent(param.toWellFormed() || 'x'))
          const body = new URLSearchParams(fields.map(([name, text]) => [name, text]))
          const form = { method, body, headers: { Origin: 'https://t.shop.example' } }
          const response = await ask(method === 'GET' ? `${where}?${body}` : where, method === 'GET' ? {} : form)
          expect(response.status, `${method} ${where}`).toBeLessThan(500)
        }),
        { numRuns: 20, seed: 6 },
      )
    }
  })

  test.each(['/admin', '/admin/traffic'])('%s of the last days of the year 9999 is a page of other days', async (path) => {
    const response = await ask(`${path}?site=shop&from=9999-12-01&to=9999-12-31`)
    expect(response.status).toBe(200)
    expect(await response.text()).not.toContain('9999-12-05')
  })

  test.each<[string, string, string]>([
    ['an unknown filter', 'foo=1', 'foo'],
    ['reversed dates', 'from=2026-02-02&to=2026-02-01', 'from'],
    ['no date', 'from=yesterday', 'from'],
    ['a day after which years have five digits', 'from=9999-12-01&to=9999-12-31', 'from'],
    ['a day of the year 0', 'from=0000-01-01&to=0000-01-02', 'from'],
    ['too long a period', 'from=2020-01-01', 'from'],
    ['a bad cursor', 'cursor=xyz', 'cursor'],
    ['a null byte', 'q=%00', 'q'],
    ['10 MB of q', `q=${'x'.repeat(10 * 1024 * 1024)}`, 'q'],
    ['no sort', 'sort=name', 'sort'],
    ['a limit of 0', 'limit=0', 'limit'],
    ['a limit of 201', 'limit=201', 'limit'],
    ['a limit in words', 'limit=many', 'limit'],
    ['a score above 100', 'minScore=101', 'minScore'],
    ['a country in full', 'country=Germany', 'country'],
    ['no path', 'path=docs', 'path'],
    ['a star in the middle', 'path=/a*b', 'path'],
    ['a filter given twice', 'q=a&q=b', 'q'],
  ])('%s is a 400 that names the field and says what fits', async (_, query, field) => {
    const response = await api(`/companies?site=shop&${query}`)
    expect(response.status).toBe(400)
    const problem = await response.json<{ field: string; detail: string }>()
    expect(problem.field).toBe(field)
    expect(problem.detail.length).toBeLessThan(400)
  })

  test.each(named.filter(([, { method, answer }]) => method === 'get' && typeof answer !== 'string'))(
    '%s answers what its schema says',
    async (_, route) => {
      const path = route.path.replace('{key}', 'dom:bmw.example').replace('{id}', 'shop')
      const response = await api(`${path}${route.site === 'query' ? '?site=shop' : ''}`)
      expect(response.status).toBe(200)
      if (typeof route.answer === 'string') return
      const parsed = z.safeParse(route.answer, await response.json())
      expect(parsed.success ? [] : parsed.error.issues).toEqual([])
    },
  )
})
