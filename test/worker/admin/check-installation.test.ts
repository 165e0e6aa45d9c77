import { describe, expect, test } from 'vitest'
import { type CheckedSite, checkHtml, fetchPage } from '../../../src/admin/check-installation.ts'
import type { PageFault } from '../../../src/admin/installation/page.ts'
import { say } from '../../../src/admin/installation/words.ts'
import { SNIPPET_INTEGRITY } from '../../../src/admin/snippet-integrity.ts'
import * as de from '../../../src/admin/texts/de/index.ts'
import * as en from '../../../src/admin/texts/en/index.ts'

const SITE: CheckedSite = { basis: 'consent', pageHosts: ['www.example.com'], endpointHosts: ['t.example.com'] }
const INTEREST: CheckedSite = { ...SITE, basis: 'legitimate-interest' }
const PLAIN = '<script defer src="https://t.example.com/d.js"></script>'
const HELD = (attributes: string) => PLAIN.replace('<script defer', `<script type="text/plain" ${attributes}`)

const codes = async (html: string, site = SITE, headers: readonly string[] = []) =>
  (await checkHtml(`<!doctype html><head>${html}</head><body>`, site, undefined, headers))
    .map(({ code }) => code)
    .filter((code) => code !== 'static')

test.each<[html: string, found: readonly string[]]>([
  ['', ['line-missing']],
  ['<script src="https://t.example.com/other.js"></script>', ['line-missing']],
  [`<!-- ${PLAIN} -->`, ['line-missing']],
  [`<textarea>${PLAIN}</textarea>`, ['line-missing']],
  [PLAIN, ['line-found', 'basis-agrees', 'plain-before-consent']],
  [
    PLAIN.toUpperCase().replace('HTTPS://T.EXAMPLE.COM/D.JS', 'https://t.example.com/d.js?v=3'),
    ['line-found', 'basis-agrees', 'plain-before-consent'],
  ],
  [PLAIN + PLAIN, ['line-found', 'line-twice', 'basis-agrees', 'plain-before-consent']],
  [PLAIN.replace('https', 'http'), ['line-found', 'not-https', 'basis-agrees', 'plain-before-consent']],
  [PLAIN.replace('t.', 'elsewhere.'), ['line-found', 'host-unknown', 'basis-agrees', 'plain-before-consent']],
  [PLAIN.replace('defer', 'data-basis="legitimate-interest"'), ['line-found', 'basis-claims-more', 'plain-before-consent']],
  ['<script src="/d.js" data-to="https://t.example.com"></script>', ['line-found', 'basis-agrees']],
  ['<script src="/d.js" data-to="https://elsewhere.example"></script>', ['line-found', 'host-unknown', 'basis-agrees']],
  ['<script src="/d.js"></script>', ['line-found', 'host-unknown', 'basis-agrees', 'plain-before-consent']],
  [HELD('data-cookieconsent="statistics" data-cmp="auto"'), ['line-found', 'basis-agrees']],
  [HELD('data-cookieconsent="statistics"'), ['line-found', 'basis-agrees', 'gated-without-consent']],
  [PLAIN.replace('defer', 'data-cookieyes="cookieyes-analytics" data-cmp="auto"'), ['line-found', 'basis-agrees']],
  [HELD('data-cookieconsent="necessary" data-cmp="auto"'), ['line-found', 'basis-agrees', 'gated-as-essential']],
  [
    '<script type="text/plain" data-name="doorplate" data-type="text/javascript" data-src="https://t.example.com/d.js" data-cmp="auto"></script>',
    ['line-found', 'basis-agrees'],
  ],
  [PLAIN.replace('defer', `crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"`), ['line-found', 'basis-agrees', 'plain-before-consent']],
  [
    PLAIN.replace('defer', `integrity="${SNIPPET_INTEGRITY['d.js']}"`),
    ['line-found', 'basis-agrees', 'plain-before-consent', 'integrity-without-crossorigin'],
  ],
  [
    PLAIN.replace('defer', 'crossorigin integrity="sha384-old"'),
    ['line-found', 'basis-agrees', 'plain-before-consent', 'integrity-outdated'],
  ],
])('%s', async (html, found) => {
  expect(await codes(html)).toEqual(found)
})

test('the settings are what counts', async () => {
  expect(await codes(PLAIN, INTEREST)).toEqual(['line-found', 'basis-claims-less'])
  expect(await codes(PLAIN.replace('defer', 'data-basis="legitimate-interest"'), INTEREST)).toEqual(['line-found', 'basis-agrees'])
  expect(await codes(PLAIN, { ...SITE, basis: 'off' })).toEqual(['site-off', 'line-found'])
})

test('it says that it is static, and every fault has a mend', async () => {
  const findings = await checkHtml(PLAIN.replace('https://t', 'http://x').replace('defer', 'integrity="sha384-old"'), SITE)
  expect(findings[0]?.code).toBe('static')
  for (const finding of findings) {
    const [english, german] = [say(en, finding), say(de, finding)]
    expect([english.mend === '', german.mend === '']).toEqual([finding.level === 'good', finding.level === 'good'])
    expect(english.says).not.toBe(german.says)
  }
  const [, elsewhere] = findings.filter(({ code }) => code !== 'static')
  expect(elsewhere === undefined ? '' : say(en, elsewhere)).toEqual({
    says: 'Events go to x.example.com, which is no host of this site.',
    mend: 'Use https://t.example.com in the line, or register x.example.com for this site.',
  })
})

describe('a Content-Security-Policy', () => {
  const NONCE = PLAIN.replace('defer', 'defer nonce="abc"')
  test.each<[policy: string, html: string, found: string | undefined]>([
    ["default-src 'self'", PLAIN, 'policy-blocks-script policy-blocks-events'],
    ["default-src 'self' https://t.example.com", PLAIN, 'policy-allows'],
    ['script-src https://t.example.com; connect-src t.example.com', PLAIN, 'policy-allows'],
    ['script-src *.example.com; connect-src https:', PLAIN, 'policy-allows'],
    ['script-src example.com; connect-src *', PLAIN, 'policy-blocks-script'],
    ['script-src https://t.example.com/d.js; connect-src https://t.example.com/e', PLAIN, 'policy-allows'],
    ['script-src https://t.example.com/x/; connect-src https://t.example.com:8443', PLAIN, 'policy-blocks-script policy-blocks-events'],
    ["script-src 'nonce-abc' 'strict-dynamic'; connect-src *", NONCE, 'policy-allows'],
    ["script-src 'nonce-abc' 'strict-dynamic' https://t.example.com; connect-src *", PLAIN, 'policy-blocks-script'],
    ["script-src 'none'; script-src-elem https://t.example.com", PLAIN, 'policy-allows'],
    [
      `script-src '${SNIPPET_INTEGRITY['d.js']}'`,
      PLAIN.replace('defer', `crossorigin integrity="${SNIPPET_INTEGRITY['d.js']}"`),
      'policy-allows',
    ],
    ["script-src 'self'", '<script src="/d.js" data-to="https://t.example.com"></script>', 'policy-allows'],
    ["connect-src 'self'", '<script src="/d.js" data-to="https://t.example.com"></script>', 'policy-blocks-events'],
    ["img-src 'none'", PLAIN, 'policy-allows'],
    ["script-src *, script-src 'none'", PLAIN, 'policy-blocks-script'],
    ["SCRIPT-SRC 'none'; script-src *", PLAIN, 'policy-blocks-script'],
  ])('%s with %s', async (policy, html, found) => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`
    for (const given of [await codes(html, SITE, [policy]), await codes(meta + html)]) {
      expect(given.filter((code) => code.startsWith('policy-')).join(' ')).toBe(found)
    }
  })
})

describe('fetchPage', () => {
  const HOSTS = ['www.example.com', 'example.com', 'localhost:8788']
  const html = (body: string, headers: Record<string, string> = {}) =>
    new Response(body, { headers: { 'content-type': 'text/html; charset=utf-8', ...headers } })
  const to = (location: string) => new Response(null, { status: 301, headers: { location } })

  test.each<[address: string, why: string]>([
    ['www.example.com', 'not-a-url'],
    ['ftp://www.example.com/', 'not-a-url'],
    ['https://user:secret@www.example.com/', 'not-a-url'],
    ['https://elsewhere.example/', 'not-registered'],
    ['https://www.example.com.elsewhere.example/', 'not-registered'],
    ['https://www.example.com:8443/', 'not-registered'],
    ['http://localhost:8789/', 'not-registered'],
    ['http://127.0.0.1/', 'not-registered'],
  ])('%s is not asked: %s', async (address, why) => {
    const asked: string[] = []
    const page = await fetchPage(address, HOSTS, async ({ url }) => html(String(asked.push(url))))
    expect([page, asked]).toEqual([{ fetched: false, why }, []])
  })

  test.each<[why: string, reply: () => Response | Promise<never>]>([
    ['redirects-elsewhere', () => to('https://elsewhere.example/')],
    ['redirects-elsewhere', () => to('http://169.254.169.254/')],
    ['redirects-elsewhere', () => to('javascript:alert(1)')],
    ['too-many-redirects', () => to('/again')],
    ['refused', () => new Response('no', { status: 404 })],
    ['not-html', () => Response.json({})],
    ['too-large', () => html('x'.repeat(1_000_001))],
    ['not-answering', () => Promise.reject(new Error('https://www.example.com/ is secret'))],
  ])('%s', async (why, reply) => {
    expect(await fetchPage('https://www.example.com/', HOSTS, async () => reply())).toEqual({ fetched: false, why })
  })

  test('a page, after a redirect within the site, with its policy and without anything of whoever asks', async () => {
    const asked: Request[] = []
    const page = await fetchPage('http://example.com/', HOSTS, async (request) => {
      asked.push(request)
      return request.url === 'https://www.example.com/start'
        ? html(PLAIN, { 'content-security-policy': "default-src 'self'" })
        : to('https://www.example.com/start')
    })
    expect(page).toEqual({ fetched: true, url: 'https://www.example.com/start', html: PLAIN, policies: ["default-src 'self'"] })
    expect(asked.map(({ redirect }) => redirect)).toEqual(['manual', 'manual'])
    expect(Object.fromEntries(asked[1]?.headers ?? [])).toEqual({ accept: 'text/html', 'user-agent': 'Doorplate-Check' })
  })
})

test.each<PageFault>([
  'not-a-url',
  'not-registered',
  'redirects-elsewhere',
  'too-many-redirects',
  'not-answering',
  'refused',
  'not-html',
  'too-large',
])('%s is said in both languages, with what to do', (fault) => {
  const found = { code: fault, about: '', instead: '' }
  const sentences = [en, de].flatMap((texts) => Object.values(say(texts, found)))
  expect(new Set(sentences).size).toBe(4)
  for (const sentence of sentences) expect(sentence.length).toBeGreaterThan(10)
})
