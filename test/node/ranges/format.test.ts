import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { encodeFamily } from '../../../src/compile/encode.ts'
import { assignIds, flatten } from '../../../src/compile/flatten.ts'
import { parsed } from '../../../src/ranges/address.ts'
import { openFamily, rowsOf } from './table.ts'

/** The table of the worked block in docs/ranges.md. */
const worked = () => {
  const { segments } = flatten(
    rowsOf(4, [
      { first: '10.0.0.0', last: '10.0.3.255', company: 1 },
      { first: '10.0.4.0', last: '10.0.7.255', company: 2 },
      { first: '10.0.8.0', last: '10.0.8.255', company: 1 },
      { first: '10.0.9.0', last: '10.0.9.255', company: 2 },
      { first: '192.0.2.7', last: '192.0.2.7', company: 3 },
    ]),
  )
  assignIds([segments])
  return segments
}

test('the worked block in docs/ranges.md is what the encoder writes, byte by byte', () => {
  const page = readFileSync(new URL('../../../docs/ranges.md', import.meta.url), 'utf8')
  const drawn: number[] = []
  // A row of the drawing: offset, two spaces, bytes, three spaces, what they are. `… × n` repeats the byte before.
  for (const [, offset, bytes = '', times] of page.matchAll(/^ {4} *(\d+) {2}((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: × (\d+))? {3}/gm)) {
    expect(drawn.length).toBe(Number(offset))
    const row = bytes.split(' ').map((byte) => Number.parseInt(byte, 16))
    drawn.push(...(times === undefined ? row : Array.from({ length: Number(times) }, () => row[0] ?? 0)))
  }
  const [shard] = encodeFamily(worked()).shards
  expect(drawn).toEqual([...(shard ?? [])])
})

test('and it answers as the page says', () => {
  const { find } = openFamily(worked())
  parsed[0] = 0x0a_00_09_4d
  expect(find()).toBe(2)
})
