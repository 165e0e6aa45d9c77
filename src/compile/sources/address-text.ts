/** Writes addresses as text: IPv6 as RFC 5952 says, lower case, the longest run of zero groups shortened. */
import type { Family } from '../../ranges/address.ts'

/** @param words high to low: one of IPv4, four of IPv6. */
export function addressText(family: Family, words: ArrayLike<number>): string {
  if (family === 4) {
    const word = words[0] ?? 0
    return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`
  }
  const groups: number[] = []
  for (let word = 0; word < 4; word++) groups.push((words[word] ?? 0) >>> 16, (words[word] ?? 0) & 0xffff)
  const { from, length } = longestZeros(groups)
  if (length < 2) return hex(groups)
  return `${hex(groups.slice(0, from))}::${hex(groups.slice(from + length))}`
}

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':')

function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 }
  let from = 0
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue
    if (index - from > best.length) best = { from, length: index - from }
    from = index + 1
  }
  return best
}
