/**
 * Which names of companies the registers of facts know, by country: asked for millions of holders, so what is kept of a
 * name is a number of 53 bits. Two names may share one by a chance of one in a billion; whoever is found here is joined
 * by the whole name afterwards (`complete.ts`), and without that is nobody.
 */
import { nameKey } from '../names/words.ts'
import { withShortForm } from './legal-form.ts'
import type { FirmographicsSource } from './record.ts'

export interface KnownCompanies {
  has(name: string, country: string): boolean
}

/** Null when there are no registers. */
export async function knownCompanies(sources: readonly FirmographicsSource[]): Promise<KnownCompanies | null> {
  if (sources.length === 0) return null
  let numbers = new Float64Array(1024)
  let count = 0
  for (const source of sources) {
    for await (const { said } of source.records()) {
      if (!said.name || !said.country) continue
      if (count === numbers.length) {
        const larger = new Float64Array(count * 2)
        larger.set(numbers)
        numbers = larger
      }
      numbers[count++] = numberOf(said.name, said.country)
    }
  }
  const sorted = numbers.subarray(0, count).sort()
  return { has: (name, country) => isIn(sorted, numberOf(name, country)) }
}

function isIn(sorted: Float64Array, number: number): boolean {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < number) low = middle + 1
    else high = middle
  }
  return sorted[low] === number
}

/** FNV-1a over two halves, 53 bits in all. */
function numberOf(name: string, country: string): number {
  const text = `${country} ${nameKey(withShortForm(name))}`
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ (code + at), 0x811c9dc5)
  }
  return (a >>> 0) * 2 ** 21 + ((b >>> 0) & 0x1fffff)
}
