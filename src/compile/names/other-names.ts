/**
 * Other names of organisations: `UPS` is registered as `United Parcel Service`. Used to tell whether an AS still carries
 * the name of its owner, and to score a table against labels.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'
import { nameKey, significantWords, wordsOf } from './words.ts'

export const OTHER_NAMES = fileURLToPath(new URL('../../../data/other-names.csv', import.meta.url))

const Rows = z.array(z.object({ name: z.string().min(1), other: z.string().min(1) }))

export interface NameBook {
  /** Whether both may be the same organisation: a significant word in common, or names that are known to be one. */
  same(a: string, b: string): boolean
}

export function openNameBook(path: string = OTHER_NAMES): NameBook {
  const rows = Rows.parse(parse(readFileSync(path, 'utf8'), { columns: true, comment: '#', skip_empty_lines: true }))
  const known = rows.map(({ name, other }) => [wordsOf(name), wordsOf(other)] as const)
  const holds = (text: ReadonlySet<string>, words: readonly string[]): boolean => words.every((word) => text.has(word))
  return {
    same(a, b) {
      const [left, right] = [significantWords(a), significantWords(b)]
      if (left.some((word) => right.includes(word))) return true
      if (left.length === 0 && right.length === 0 && isPart(a, b)) return true
      if (isRunTogether(a, b) || isRunTogether(b, a) || isInitials(a, b) || isInitials(b, a)) return true
      const [all, others] = [new Set(wordsOf(a)), new Set(wordsOf(b))]
      return known.some(([one, two]) => (holds(all, one) && holds(others, two)) || (holds(all, two) && holds(others, one)))
    },
  }
}

/** Two names of common words only: `Bank of America` is `Bank of America, National Association`. */
function isPart(a: string, b: string): boolean {
  const [left, right] = [` ${nameKey(a)} `, ` ${nameKey(b)} `]
  return left.trim() !== '' && right.trim() !== '' && (left.startsWith(right) || right.startsWith(left))
}

/** `Walmart` and `Wal-Mart Stores`, `ExxonMobil` and `Exxon Mobil Corporation`. */
function isRunTogether(short: string, long: string): boolean {
  const letters = wordsOf(short)[0] ?? ''
  if (letters.length < 5) return false
  let run = ''
  for (const [index, word] of wordsOf(long).entries()) {
    run += word
    // One word alone is a shared word, and those were compared already, common ones left out.
    if (index > 0 && run === letters) return true
  }
  return false
}

/** `RBC` and `Royal Bank of Canada`: capitals that are the first letters of the other's words, joints left out or not. */
function isInitials(short: string, long: string): boolean {
  const capitals = /^[A-Z]{3,6}(?=\s|$)/.exec(short)?.[0].toLowerCase()
  if (capitals === undefined) return false
  const words = nameKey(long).split(' ')
  const initials = (list: readonly string[]): string => list.map((word) => word[0]).join('')
  return initials(words).startsWith(capitals) || initials(words.filter((word) => !['of', 'de', 'for'].includes(word))).startsWith(capitals)
}
