/**
 * Takes the rows of all sources in: text becomes numbers, and each row gets the company whose network it is, or
 * nobody. Rows of nobody are kept too: a stranger's more specific range inside a listed one is a hole in it.
 */
import { parseAddress, parsed } from '../ranges/address.ts'
import { Rows, WORDS } from './flatten.ts'
import { type RangeSource, SourceError, type SourceRow } from './sources/source.ts'
import { vetoedNetwork } from './vetoes.ts'

export interface Intake {
  readonly v4: Rows
  readonly v6: Rows
  readonly rows: number
  /** Rows whose AS belongs to an organisation. */
  readonly owned: number
  /** Rows of networks that the list names and a veto keeps out, by reason. */
  readonly vetoed: Readonly<Record<string, number>>
  /** Rows that repeat the first and last address of another row. */
  readonly duplicates: number
  /** For each organisation, the source that first held a range of it; -1 where none did. */
  readonly sourceOf: Int16Array
}

/** Called every few thousand rows; `expected` is a guess, null where nobody can say. */
export type IntakeProgress = (rows: number, expected: number | null) => void

const PROGRESS_EVERY = 8192
/** Enough for the AS table of 2026 without growing. */
const FIRST_CAPACITY = 2 ** 19

/**
 * @param owners index of the organisation by AS number; in the columns of `Rows` it is that index plus one.
 * @throws SourceError naming file and line of the first row that is wrong.
 */
export async function takeIn(
  sources: readonly RangeSource[],
  owners: ReadonlyMap<number, number>,
  organisations: number,
  progress: IntakeProgress = () => {},
): Promise<Intake> {
  const v4 = new Rows(4, FIRST_CAPACITY)
  const v6 = new Rows(6, FIRST_CAPACITY / 4)
  const sourceOf = new Int16Array(organisations).fill(-1)
  const vetoed: Record<string, number> = {}
  const expected = sources.reduce<number | null>(
    (sum, source) => (sum === null || source.expectedRows === null ? null : sum + source.expectedRows),
    0,
  )
  let rows = 0
  let owned = 0
  for (const [priority, source] of sources.entries()) {
    for await (const row of source.rows()) {
      const owner = owners.get(row.asn)
      add(row, owner === undefined ? 0 : owner + 1, priority, v4, v6)
      if (owner !== undefined) {
        owned++
        if (sourceOf[owner] === -1) sourceOf[owner] = priority
      } else {
        const veto = vetoedNetwork(row.asn)
        if (veto !== null) vetoed[veto.veto] = (vetoed[veto.veto] ?? 0) + 1
      }
      if (++rows % PROGRESS_EVERY === 0) progress(rows, expected)
    }
  }
  progress(rows, rows)
  return { v4, v6, rows, owned, vetoed, duplicates: countRepeats(v4) + countRepeats(v6), sourceOf }
}

const first = new Uint32Array(4)

function add(row: SourceRow, company: number, priority: number, v4: Rows, v6: Rows): void {
  const family = parseAddress(row.first)
  if (family === 0) throw new SourceError(row.file, row.line, `"${row.first}" is no address`)
  first.set(parsed)
  const familyOfLast = parseAddress(row.last)
  if (familyOfLast === 0) throw new SourceError(row.file, row.line, `"${row.last}" is no address`)
  if (familyOfLast !== family) throw new SourceError(row.file, row.line, 'begins in one address family and ends in the other')
  try {
    ;(family === 4 ? v4 : v6).add(first, parsed, company, priority)
  } catch (error) {
    if (error instanceof RangeError) throw new SourceError(row.file, row.line, `${row.first} comes after ${row.last}`)
    throw error
  }
}

/**
 * Rows that say the same range twice. Sources are in address order, so twins are neighbours; those of an unordered
 * source are resolved by `flatten` all the same and only missing in this count.
 */
function countRepeats({ family, count, firsts, lasts }: Rows): number {
  const words = WORDS[family]
  let repeats = 0
  for (let row = 1; row < count; row++) {
    let same = true
    for (let at = row * words; same && at < (row + 1) * words; at++) {
      same = firsts[at] === firsts[at - words] && lasts[at] === lasts[at - words]
    }
    if (same) repeats++
  }
  return repeats
}
