import { expect, test } from 'vitest'
import { encodeFamily } from '../../../src/compile/encode.ts'
import { cityRows, tableOf } from '../../../src/tools/bench/ranges-data.ts'

test('a table of 3.6 million ranges is as small as it is said to be', () => {
  const { v4, v6 } = tableOf(cityRows(4), cityRows(6))
  const bytes = [v4, v6].flatMap((segments) => encodeFamily(segments).shards).reduce((sum, { length }) => sum + length, 0)
  // Exact, like the size of the AS table. 36,416,970 bytes is the MaxMind DB search tree of the same.
  expect(bytes).toBe(12_246_632)
  expect(36_416_970 / bytes).toBeGreaterThan(2.9)
})
