import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SNIPPET_LINE } from '../../src/tools/demo/layout.ts'
import { PAGES } from '../../src/tools/demo/pages/index.ts'
import { PERSONAS } from '../../src/tools/demo/personas.ts'
import { type Demo, startDemo } from '../../src/tools/demo/server.ts'

let demo: Demo
let at = ''
beforeAll(async () => {
  demo = await startDemo({ port: 0, worker: 'http://localhost:1' })
  at = `http://localhost:${demo.port}`
})
afterAll(() => demo.stop())

const text = async (path: string) => (await fetch(at + path)).text()

describe.each([...PAGES.keys()])('%s', (path) => {
  test('carries the line once, in the head, and the bar', async () => {
    const page = await text(path)
    expect(page.split(SNIPPET_LINE)).toHaveLength(2)
    expect(page.indexOf(SNIPPET_LINE)).toBeLessThan(page.indexOf('</head>'))
    for (const { label } of PERSONAS) expect(page).toContain(`>${label}</a>`)
    expect(page).toContain('href="http://localhost:1/admin"')
    expect(page).toContain('href="/privacy#opt-out"')
  })

  test('closes what it opens, names every id once, has one h1 and no markup of a script or style', async () => {
    const page = await text(path)
    expect(unclosed(page)).toEqual([])
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(page.match(/<h1/g)).toHaveLength(1)
    // The page's policy allows neither, so one that slipped in would be dead.
    expect(page).not.toMatch(/<style|<script>| style="| on[a-z]+="/)
  })

  test('keeps the persona in every link inside the website, and every link leads somewhere', async () => {
    const page = (await text(`${path}?as=home`)).replace(/<aside[\s\S]*?<\/aside>/, '')
    for (const [, href = ''] of page.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      if (!href.startsWith('/')) continue
      if (!href.startsWith('/downloads/')) expect(href).toContain('?as=home')
      expect([href, (await fetch(at + href)).status]).toEqual([href, 200])
    }
  })
})

test('the website offers a journey: outbound link, download, form, event', async () => {
  const all = (await Promise.all([...PAGES.keys()].map(text))).join('')
  for (const part of ['href="https://en.wikipedia.org/', '.pdf"', 'data-doorplate-form="contact"', 'data-doorplate-event="']) {
    expect(all).toContain(part)
  }
})

test('a data sheet is a PDF whose table points at its objects', async () => {
  const reply = await fetch(`${at}/downloads/pellworth-flow-f2.pdf`)
  expect(reply.headers.get('content-type')).toBe('application/pdf')
  const file = Buffer.from(await reply.arrayBuffer()).toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1])
  expect(file.slice(table, table + 4)).toBe('xref')
  const offsets = [...file.slice(table).matchAll(/(\d{10}) 00000 n/g)].map(([, offset]) => Number(offset))
  expect(offsets.length).toBeGreaterThan(5)
  offsets.forEach((offset, object) => {
    expect(file.slice(offset, offset + 8)).toMatch(new RegExp(`^${object + 1} 0 obj`))
  })
})

test('a sent form is thrown away, thanked for, and keeps the persona', async () => {
  const reply = await fetch(`${at}/contact?as=siemens`, { method: 'POST', body: new URLSearchParams({ name: 'Ada' }), redirect: 'manual' })
  expect([reply.status, reply.headers.get('location')]).toEqual([303, '/contact/thanks?as=siemens'])
})

test.each<[method: string, path: string, status: number]>([
  ['GET', '/nowhere', 404],
  ['GET', '/products/', 404],
  ['GET', '/?as=nobody', 200],
  ['HEAD', '/', 200],
  ['GET', '/site.css', 200],
  ['GET', '/favicon.svg', 200],
  ['PUT', '/', 405],
  ['POST', '/products', 405],
])('%s %s: %i', async (method, path, status) => {
  const reply = await fetch(at + path, { method })
  expect(reply.status).toBe(status)
  expect(reply.headers.get('set-cookie')).toBeNull()
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('what stands in the address bar is not written into the page', async () => {
  expect(await text('/%3Cscript%3Ealert(1)%3C/script%3E?as="><script>')).not.toMatch(/<script>/)
})

/** Tags that are opened and not closed, or the other way round; enough for markup that is written by hand. */
function unclosed(page: string): string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, close, name = '', rest = ''] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
    if (['meta', 'link', 'br', 'input'].includes(name) || rest.endsWith('/')) continue
    if (close === '') open.push(name)
    else if (open.pop() !== name) wrong.push(`</${name}>`)
  }
  return [...wrong, ...open]
}
