/**
 * Takes denied ranges out of the address line after it was flattened: a deny list beats every row, also more specific
 * ones, which `flatten` alone would let win.
 */
import { parseAddress, parsed } from '../../ranges/address.ts'
import { flatten, Rows, type Segments, WORDS } from '../flatten.ts'
import { SourceError } from '../sources/source.ts'
import type { DeniedRange } from './deny-list.ts'

/** The denied parts of one family as a line of its own: 1 = denied. */
export function deniedLine(ranges: readonly DeniedRange[], family: 4 | 6): Segments {
  const rows = new Rows(family)
  for (const { first, last, file, line } of ranges) {
    if (parseAddress(first) !== family) continue
    const begin = parsed.slice()
    if (parseAddress(last) !== family) throw new SourceError(file, line, 'begins in one address family and ends in the other')
    rows.add(begin, parsed, 1, 0)
  }
  return flatten(rows).segments
}

/** `line` with `mark` in place of every claim where `denied` is not 0. Gaps stay gaps. */
export function markDenied(line: Segments, denied: Segments, mark: number): Segments {
  const words = WORDS[line.family]
  if (denied.count === 0) return line
  const starts = new Uint32Array((line.count + denied.count) * words)
  const ids = new Uint32Array(line.count + denied.count)
  let count = 0
  let [a, b] = [0, 0]
  let [claim, deny] = [0, 0]
  while (a < line.count || b < denied.count) {
    const order = a === line.count ? 1 : b === denied.count ? -1 : compare(line.starts, a * words, denied.starts, b * words, words)
    const [from, at] = order <= 0 ? [line.starts, a * words] : [denied.starts, b * words]
    if (order <= 0) claim = line.ids[a++] ?? 0
    if (order >= 0) deny = denied.ids[b++] ?? 0
    const id = deny > 0 && claim > 0 ? mark : claim
    if (count > 0 && ids[count - 1] === id) continue
    starts.set(from.subarray(at, at + words), count * words)
    ids[count++] = id
  }
  return { family: line.family, count, starts: starts.slice(0, count * words), ids: ids.slice(0, count) }
}

function compare(left: Uint32Array, i: number, right: Uint32Array, j: number, words: number): number {
  for (let word = 0; word < words; word++) {
    const difference = (left[i + word] ?? 0) - (right[j + word] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
