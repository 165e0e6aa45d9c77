import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignIds, flatten } from '../../../src/compile/flatten.ts'
import { parseAddress, parsed } from '../../../src/ranges/address.ts'
import { edges, naive, openFamily, rowsOfWide, wideRows, wordsOf } from '../../node/ranges/table.ts'

/** A sample of the differential tests of test/node/ranges, in the runtime that serves. */
describe('inside workerd', () => {
  test.each([4, 6] as const)('flatten, encode and look up equals a look at every row (IPv%i)', (family) => {
    fc.assert(
      fc.property(wideRows(family, 100), (rows) => {
        const { segments } = flatten(rowsOfWide(family, rows))
        const companies = assignIds([segments])
        const { find } = openFamily(segments)
        for (const address of edges(family, rows)) {
          parsed.set(wordsOf(family, address))
          expect(companies[find()]).toBe(naive(rows, address))
        }
      }),
      { numRuns: 40, seed: 5 },
    )
  })

  test.each([
    ['192.0.2.1', 4],
    ['::ffff:c000:201', 4],
    ['2001:db8:1:2:3:4:5:6', 6],
    ['2001:db8::', 6],
    ['192.0.2', 0],
    ['192.0.2.01', 0],
    ['2001:db8:1:2:3:4:5', 0],
    ['2001:db8:1:2:3:4:5:6:7', 0],
    ['2001:db8:1:2:3:4:5:12345', 0],
  ])('%s is of family %i', (text, family) => {
    expect(parseAddress(text)).toBe(family)
  })
})
