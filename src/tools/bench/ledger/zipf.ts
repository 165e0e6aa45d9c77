/** Popularity as it comes in the wild: the second half as often as the first, the third a third as often (Zipf). */

const known = new Map<number, Float64Array>()

/** Sums of 1, 1/2, 1/3 … */
function sums(count: number): Float64Array {
  let found = known.get(count)
  if (found === undefined) {
    let sum = 0
    found = Float64Array.from({ length: count }, (_, index) => {
      sum += 1 / (index + 1)
      return sum
    })
    known.set(count, found)
  }
  return found
}

/** 0 … count - 1, the first twice as often as the second, thrice as often as the third. @param random 0 ≤ x < 1 */
export function zipf(count: number, random: number): number {
  const all = sums(count)
  const sought = random * (all[count - 1] ?? 1)
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((all[middle] ?? 0) >= sought) high = middle
    else low = middle + 1
  }
  return low
}

/** `total` shared out among `count` in the same proportion: whole numbers, at least `least` each, that add up to it. */
export function zipfShares(total: number, count: number, least = 1): number[] {
  const all = sums(count)
  const whole = all[count - 1] ?? 1
  const spread = total - least * count
  if (spread < 0) throw new Error(`${total} is too little for ${count} shares of ${least}`)
  let given = 0
  return Array.from({ length: count }, (_, index) => {
    const upTo = Math.round((spread * (all[index] ?? 0)) / whole)
    const share = least + upTo - given
    given = upTo
    return share
  })
}
