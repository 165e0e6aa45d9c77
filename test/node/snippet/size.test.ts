import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { buildAssets } from '../../../src/tools/build.ts'

test('the snippet has exactly these sizes, and the same sources give the same bytes', async () => {
  const before = readFileSync('dist/assets/d.js')
  const sizes = await buildAssets()
  expect(readFileSync('dist/assets/d.js')).toEqual(before)
  expect(sizes).toEqual({ raw: 1765, gzip: 996, brotli: 855 })
  // What the README promises.
  expect(sizes.gzip).toBeLessThanOrEqual(1000)
  expect(sizes.brotli).toBeLessThanOrEqual(880)
})

test('it is sent for a day, then revalidated, to every site, as what it is', () => {
  const [, headers = ''] = /^\/d\.js\n((?: {2}.*\n)+)/m.exec(readFileSync('dist/assets/_headers', 'utf8')) ?? []
  expect(headers.trim().split(/\n\s*/).toSorted()).toEqual([
    'Cache-Control: public, max-age=86400, must-revalidate',
    'Content-Type: text/javascript; charset=utf-8',
    'Cross-Origin-Resource-Policy: cross-origin',
    'X-Content-Type-Options: nosniff',
  ])
})
