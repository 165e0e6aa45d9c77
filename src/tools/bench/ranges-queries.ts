/** The addresses that are looked up, as text: four of five inside a company's range, the fifth anywhere. */
import type { Segments } from '../../compile/flatten.ts'
import { sequence } from './figure.ts'
import type { Table } from './ranges-data.ts'

export interface Queries {
  readonly v4: readonly string[]
  readonly v6: readonly string[]
  /** IPv4 and IPv6 by turns. */
  readonly mixed: readonly string[]
  /** As on a website: few addresses come often. */
  readonly zipf: readonly string[]
}

const COUNT = 100_000
const ANYWHERE = 5

export function queriesOf({ v4, v6 }: Table): Queries {
  const random = sequence(0x0d00_4b1a)
  const fours = Array.from({ length: COUNT }, (_, index) => quad(index % ANYWHERE === 0 ? random() : inside4(v4, random)))
  const sixes = Array.from({ length: COUNT }, (_, index) => {
    if (index % ANYWHERE === 0) return groups([0x20000000 + (random() >>> 4), random(), random(), random()])
    return groups([...inside6(v6, random), random(), random()])
  })
  const mixed = fours.map((four, index) => (index % 2 === 0 ? four : (sixes[index] ?? four)))
  const zipf = mixed.map(() => mixed[Math.floor(COUNT ** (random() / 2 ** 32)) - 1] ?? '')
  return { v4: fours, v6: sixes, mixed, zipf }
}

function companySegment({ ids, count }: Segments, random: () => number): number {
  for (;;) {
    const index = random() % count
    if (ids[index] !== 0) return index
  }
}

function inside4(segments: Segments, random: () => number): number {
  const index = companySegment(segments, random)
  const start = segments.starts[index] ?? 0
  const end = index + 1 < segments.count ? (segments.starts[index + 1] ?? 0) : 2 ** 32
  return start + (random() % (end - start))
}

/** First 64 bits of an address in a company's range. */
function inside6(segments: Segments, random: () => number): number[] {
  const index = companySegment(segments, random)
  const at = (segment: number, word: number): number => segments.starts[segment * 4 + word] ?? 0
  const size = index + 1 < segments.count ? (at(index + 1, 0) - at(index, 0)) * 2 ** 32 + at(index + 1, 1) - at(index, 1) : 1
  const place = at(index, 1) + Math.floor((random() / 2 ** 32) * size)
  return [at(index, 0) + Math.floor(place / 2 ** 32), place % 2 ** 32]
}

const quad = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')
const groups = (words: readonly number[]): string =>
  words.flatMap((word) => [(word >>> 16).toString(16), (word & 0xffff).toString(16)]).join(':')
