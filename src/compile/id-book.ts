/**
 * How the ids of a block are told: which are fresh (no bits at all), and which of the others are worth an entry of the
 * shard's id book. A thousand ids, a few of a hundred, make up half of all that are told again.
 */
import { FINE } from '../ranges/format.ts'
import type { Block } from './block-writer.ts'
import type { Line } from './line.ts'

export interface ToldIds {
  /** How many ids are new in this block: they follow each other, from one above the highest met before. */
  readonly fresh: number
  /** The others, each once, in the order of their segments; 0 stands for `FINE`. */
  readonly others: readonly number[]
}

/** The ids of a block. @param seen highest id met before it */
export function tellIds({ ids }: Line, { begin, end }: Block, seen: number): ToldIds {
  let fresh = 0
  for (let index = begin; index < end; index++) if (ids[index] === seen + fresh + 1) fresh++
  const others: number[] = []
  for (let index = begin; index < end; index++) {
    const id = ids[index] ?? 0
    if (id === 0 || (id > seen && id <= seen + fresh)) continue
    const told = id === FINE ? 0 : id
    if (!others.includes(told)) others.push(told)
  }
  return { fresh, others }
}

/** Bits of an entry of the book; it is read as a whole word. */
const ENTRY_BITS = 32
const LARGEST_BOOK_BITS = 12

/** The ids that are told most often, as many as save most bytes; a power of two of them, or none. */
export function chooseIds(blocks: readonly ToldIds[], idBits: number): number[] {
  const uses = new Map<number, number>()
  for (const { others } of blocks) for (const id of others) uses.set(id, (uses.get(id) ?? 0) + 1)
  const ranked = [...uses].sort(([a, usesOfA], [b, usesOfB]) => usesOfB - usesOfA || a - b)
  let best = 0
  let bestSaving = 0
  let used = 0
  for (let bits = 1, next = 0; bits <= LARGEST_BOOK_BITS && 2 ** bits <= ranked.length; bits++) {
    for (; next < 2 ** bits; next++) used += ranked[next]?.[1] ?? 0
    const saving = used * (idBits - bits) - 2 ** bits * ENTRY_BITS
    if (saving > bestSaving) {
      best = 2 ** bits
      bestSaving = saving
    }
  }
  return ranked.slice(0, best).map(([id]) => id)
}
