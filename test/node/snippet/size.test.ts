import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SNIPPET_INTEGRITY } from '../../../src/admin/snippet-integrity.ts'
import { buildAssets } from '../../../src/tools/build.ts'

const FILES = ['d.js', 'cmp.js'] as const

test('the snippet has exactly these sizes, and the same sources give the same bytes', async () => {
  const before = FILES.map((name) => readFileSync(`dist/assets/${name}`))
  const [snippet, adapters] = await buildAssets()
  expect(FILES.map((name) => readFileSync(`dist/assets/${name}`))).toEqual(before)
  expect(snippet?.sizes).toEqual({ raw: 1799, gzip: 999, brotli: 856 })
  expect(adapters?.sizes).toEqual({ raw: 2799, gzip: 1346, brotli: 1183 })
  // What the README promises.
  expect(snippet?.sizes.gzip).toBeLessThanOrEqual(1000)
  expect(snippet?.sizes.brotli).toBeLessThanOrEqual(880)
  expect(adapters?.sizes.gzip).toBeLessThanOrEqual(2500)
})

test('the docs say the same', () => {
  const docs = readFileSync('docs/snippet.md', 'utf8')
  expect(docs).toContain('999 bytes gzipped, 856 with brotli')
  expect(docs).toContain('`cmp.js`, 1.3 kB gzipped')
})

test.each(FILES)('the admin knows the hash of %s', (name) => {
  const hash = createHash('sha384')
    .update(readFileSync(`dist/assets/${name}`))
    .digest('base64')
  expect(SNIPPET_INTEGRITY[name]).toBe(`sha384-${hash}`)
})

test.each(FILES)('%s is sent for a day, then revalidated, to every site, as what it is', (name) => {
  const [, headers = ''] = new RegExp(`^/${name}\n((?: {2}.*\n)+)`, 'm').exec(readFileSync('dist/assets/_headers', 'utf8')) ?? []
  expect(headers.trim().split(/\n\s*/).toSorted()).toEqual([
    'Access-Control-Allow-Origin: *',
    'Cache-Control: public, max-age=86400, must-revalidate',
    'Content-Type: text/javascript; charset=utf-8',
    'Cross-Origin-Resource-Policy: cross-origin',
    'X-Content-Type-Options: nosniff',
  ])
})
