import { expect, test } from 'vitest'
import { LARGEST_WORKER, workerSize } from '../../../src/tools/build/worker.ts'

test('the Worker is no larger than it may be', async () => {
  const { raw, gzip } = await workerSize('src')
  expect(gzip).toBeLessThanOrEqual(LARGEST_WORKER)
  // The whole Worker was measured, the public suffix list included.
  expect(raw).toBeGreaterThan(200_000)
})
