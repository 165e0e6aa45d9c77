import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LARGEST_WORKER, workerSize } from '../../../src/tools/build/worker.ts'

test('the Worker is no larger than it may be', async () => {
  const { raw, gzip } = await workerSize('src')
  expect(gzip).toBeLessThanOrEqual(LARGEST_WORKER)
  // The whole Worker was measured, the public suffix list included.
  expect(raw).toBeGreaterThan(200_000)
})

test('the stylesheet of the dashboard is one small file', () => {
  expect(statSync('dist/assets/admin.css').size).toBeLessThanOrEqual(20_000)
})
