import { raw } from 'hono/html'
import * as hono from 'hono/jsx/jsx-runtime'
import { expect, test } from 'vitest'
import * as ours from '../../../src/admin/jsx/jsx-runtime.ts'

type Runtime = Pick<typeof ours, 'jsx' | 'jsxs' | 'Fragment'>
type Making = (of: Runtime) => unknown

/** What is put together by each of the two runtimes. */
const PIECES: readonly (readonly [string, Making])[] = [
  ['a text', ({ jsx }) => jsx('p', { children: 'plain' })],
  ['an attack as text', ({ jsx }) => jsx('p', { children: '<script>alert("1")</script> & \'x\'' })],
  ['an attack as attribute', ({ jsx }) => jsx('a', { href: '"><img src=x onerror=alert(1)>', title: "'&" })],
  ['nothing', ({ jsx }) => jsx('p', {})],
  ['what is no text', ({ jsxs }) => jsxs('p', { children: [null, undefined, true, false, 0, 1.5, ''] })],
  ['lists in lists', ({ jsx, jsxs }) => jsxs('ul', { children: [['a', ['b']], [jsx('li', { children: '<' })]] })],
  ['elements without an end', ({ jsxs, jsx }) => jsxs('p', { children: [jsx('br', {}), jsx('input', { type: 'text', value: '"' })] })],
  ['switches', ({ jsx }) => jsx('input', { required: true, checked: false, disabled: undefined, readonly: null })],
  ['numbers', ({ jsx }) => jsx('rect', { x: 0, width: 1.5, class: 'a' })],
  ['names of drawings', ({ jsx }) => jsx('svg', { viewBox: '0 0 1 1', 'aria-hidden': 'true', children: jsx('path', { d: 'M0 0' }) })],
  ['what is escaped already', ({ jsx }) => jsx('p', { children: raw('<b>bold</b>') })],
  [
    'a fragment',
    ({ jsx, jsxs, Fragment }) => jsx('p', { children: jsxs(Fragment as never, { children: ['<', jsx('b', { children: '>' })] }) }),
  ],
  ['a component', ({ jsx }) => jsx((({ name }: { name: string }) => jsx('b', { children: name })) as never, { name: '<x>' })],
]

test.each(PIECES)('%s is written as Hono writes it', async (_, make) => {
  expect(String(await make(ours))).toBe(String(await make(hono as unknown as Runtime)))
})

test('nothing of a foreign text stays markup', () => {
  const text = '<&>"\' </p><script>'
  const made = String(ours.jsxs('p', { title: text, children: [text, [text]] }))
  expect(made.replace(/^<p title="/, '').replace(/<\/p>$/, '')).not.toMatch(/[<"'](?!>)/)
})
