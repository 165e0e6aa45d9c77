import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { addSite } from '../fixtures.ts'
import { type Ask, api, emptyDesk, makeToken } from './desk.ts'

const LINE = '<script defer src="https://t.shop.example/d.js" data-basis="legitimate-interest"></script>'
const PAGE = `<!doctype html><head>${LINE}</head>`

interface Answer {
  readonly url: string | null
  readonly findings: readonly { readonly code: string; readonly level: string; readonly says: string; readonly mend: string }[]
  readonly field?: string
}

beforeAll(async () => {
  await emptyDesk()
  await addSite()
})

async function check(json: unknown, options: Ask = {}): Promise<{ status: number; answer: Answer; codes: string[] }> {
  const response = await api('/sites/shop/check', { json, ...options })
  const answer = await response.json<Answer>()
  return { status: response.status, answer, codes: (answer.findings ?? []).map(({ code }) => code) }
}

/** A web server that is asked at these addresses only. */
const server = (pages: Readonly<Record<string, Response>>, asked: string[] = []) => ({
  house: {
    send: async ({ url }: Request) => {
      asked.push(url)
      return pages[url]?.clone() ?? Promise.reject(new Error(`nothing at ${url}`))
    },
  },
})
const html = (text: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': 'text/html', ...headers } })

test('pasted HTML is read against the settings of the site, without a request to anywhere', async () => {
  const { status, answer, codes } = await check({ html: PAGE })
  expect([status, answer.url, codes]).toEqual([200, null, ['static', 'line-found', 'basis-agrees']])
  const waiting = await check({ html: PAGE.replace(' data-basis="legitimate-interest"', '') })
  expect(waiting.codes).toContain('basis-claims-less')
  expect(waiting.answer.findings.at(-1)?.mend).toContain('data-basis="legitimate-interest"')
})

test('a page of a registered host is fetched with its policy; the log says so, and nothing of the page is kept', async () => {
  const page = html(PAGE, { 'content-security-policy': "script-src 'self'; connect-src *" })
  const { status, answer, codes } = await check({ url: 'https://shop.example/a' }, server({ 'https://shop.example/a': page }))
  expect([status, answer.url]).toEqual([200, 'https://shop.example/a'])
  expect(codes).toEqual(['static', 'line-found', 'basis-agrees', 'policy-blocks-script'])
  const { results } = await env.DB.prepare("SELECT action, detail, rows FROM audit WHERE site_id = 'shop' AND action = 'site.check'").all()
  expect(results).toEqual([{ action: 'site.check', detail: '', rows: 1 }])
})

test.each<[string, Record<string, Response>, string]>([
  [
    'a redirect to another host',
    { 'https://shop.example/': new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }) },
    'redirects-elsewhere',
  ],
  ['no answer', {}, 'not-answering'],
  ['a picture', { 'https://shop.example/': new Response('x', { headers: { 'content-type': 'image/png' } }) }, 'not-html'],
  ['more than 1 MB', { 'https://shop.example/': html('x'.repeat(1_000_001)) }, 'too-large'],
])('%s is said, and nothing else is asked', async (_, pages, code) => {
  const asked: string[] = []
  const { status, codes, answer } = await check({ url: 'https://shop.example/' }, server(pages, asked))
  expect([status, codes, asked]).toEqual([200, [code], ['https://shop.example/']])
  expect(answer.findings[0]?.mend).not.toBe('')
})

test.each<[string, unknown, string]>([
  ['another host', { url: 'https://elsewhere.example/' }, 'url'],
  ['the host of the events, which is no page', { url: 'https://t.shop.example/' }, 'url'],
  ['no address', { url: 'shop.example' }, 'url'],
  ['both', { url: 'https://shop.example/', html: PAGE }, 'url'],
  ['neither', {}, 'url'],
  ['too much HTML', { html: 'x'.repeat(1_000_001) }, 'html'],
])('%s is refused, the field is named, nothing is fetched', async (_, json, field) => {
  const asked: string[] = []
  const { status, answer } = await check(json, server({}, asked))
  expect([status, answer.field, asked]).toEqual([400, field, []])
})

test('a viewer may not: a page would be fetched', async () => {
  const { token } = await makeToken('viewer', ['shop'])
  expect((await check({ html: PAGE }, { token })).status).toBe(403)
  const analyst = await makeToken('analyst', ['shop'])
  expect((await check({ html: PAGE }, { token: analyst.token })).status).toBe(200)
})
