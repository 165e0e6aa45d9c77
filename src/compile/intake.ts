/**
 * Takes the rows of all sources in: text becomes numbers, and each row gets the claim that the sources make of it, or
 * none. Rows without one are kept too: a stranger's more specific range inside a listed one is a hole in it.
 */
import { parseAddress, parsed } from '../ranges/address.ts'
import type { Assignment } from './assignments.ts'
import { assess, assessAssignment, type Claim, type Knowledge, type Said } from './evidence/assess.ts'
import { Rows, WORDS } from './flatten.ts'
import { type RangeSource, SourceError, type SourceRole, type SourceRow } from './sources/source.ts'

export interface Intake {
  readonly v4: Rows
  readonly v6: Rows
  readonly rows: number
  /** Rows that something speaks for, vetoed ones included. */
  readonly claimed: number
  /** Rows that repeat the first and last address of another row. */
  readonly duplicates: number
  /** In the columns of `Rows` stands the index of a claim plus one. */
  readonly claims: readonly Claim[]
}

/** Called every few thousand rows; `expected` is a guess, null where nobody can say. */
export type IntakeProgress = (rows: number, expected: number | null) => void

const PROGRESS_EVERY = 8192
/** Neighbours in a registry are often one holder’s; a larger memory only costs caches. */
const MOST_NOBODIES = 2 ** 12
/** Enough for the AS table of 2026 without growing. */
const FIRST_CAPACITY = 2 ** 19

/** @throws SourceError naming file and line of the first row that is wrong. */
export async function takeIn(sources: readonly RangeSource[], knowledge: Knowledge, progress: IntakeProgress = () => {}): Promise<Intake> {
  const v4 = new Rows(4, FIRST_CAPACITY)
  const v6 = new Rows(6, FIRST_CAPACITY / 4)
  const book = new ClaimBook(knowledge)
  let rows = 0
  let claimed = 0
  for (const [priority, source] of sources.entries()) {
    // These say something of whole AS (`networks`) or of countries; their ranges name nobody and would only cut holes.
    if (source.role === 'categories' || source.role === 'statistics') continue
    for await (const row of source.rows()) {
      const claim = book.numberOf(row, source, priority)
      if (claim > 0) claimed++
      const blocks = source.role === 'routing' ? knowledge.assignments.of(row.asn) : NO_BLOCKS
      const { found, whole } = addBlocks(row, blocks, (block) => book.numberOfBlock(block, priority), priority, v4)
      claimed += found
      if (!whole) add(row, claim, priority, v4, v6)
      if (++rows % PROGRESS_EVERY === 0) progress(rows, expectedRows(sources))
    }
  }
  progress(rows, rows)
  return { v4, v6, rows, claimed, duplicates: countRepeats(v4) + countRepeats(v6), claims: book.claims }
}

const expectedRows = (sources: readonly RangeSource[]): number | null =>
  sources.reduce<number | null>((sum, { expectedRows: rows }) => (sum === null || rows === null ? null : sum + rows), 0)

/** What sources say of whole autonomous systems, by AS number; the earlier source first. */
export async function readNetworks(sources: readonly RangeSource[]): Promise<Map<number, Said[]>> {
  const networks = new Map<number, Said[]>()
  for (const [source, { role, networks: read }] of sources.entries()) {
    if (read === undefined) continue
    for await (const row of read()) {
      const said = networks.get(row.asn)
      const one: Said = { ...row, role, source }
      if (said === undefined) networks.set(row.asn, [one])
      else said.push(one)
    }
  }
  return networks
}

/** Numbers claims; equal ones share a number, so that their ranges count together. */
class ClaimBook {
  readonly claims: Claim[] = []
  readonly #knowledge: Knowledge
  readonly #numbers = new Map<string, number>()
  /** Holders of a register that nothing speaks for, and their country: most of them, again and again. */
  readonly #nobodies = new Map<string, string>()
  /** The last name of each AS of each routing source: half a million rows are ninety thousand networks. */
  readonly #networks: Map<number, { name: string; number: number }>[] = []

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge
  }

  numberOf(row: SourceRow, { role }: RangeSource, priority: number): number {
    if (role === 'register' && row.asn === 0) return this.#ofRegister(row, role, priority)
    if (role !== 'routing' || row.asn === 0) return this.#number(assess(row, role, priority, this.#knowledge))
    this.#networks[priority] ??= new Map()
    const networks = this.#networks[priority]
    const known = networks.get(row.asn)
    if (known !== undefined && known.name === row.name) return known.number
    const number = this.#number(assess(row, role, priority, this.#knowledge))
    networks.set(row.asn, { name: row.name, number })
    return number
  }

  numberOfBlock(block: Assignment, priority: number): number {
    return this.#number(assessAssignment(block, priority, this.#knowledge))
  }

  /** Without an AS number and a type only name and country say whether anything speaks for the holder at all. */
  #ofRegister(row: SourceRow, role: SourceRole, priority: number): number {
    const holder = row.organisation ?? row.name
    const country = row.country ?? ''
    if (row.type == null && this.#nobodies.get(holder) === country) return 0
    const claim = assess(row, role, priority, this.#knowledge)
    if (claim !== null) return this.#number(claim)
    // An allocation lists nobody whoever holds it.
    if (row.type == null && row.status !== 'allocated') {
      if (this.#nobodies.size === MOST_NOBODIES) this.#nobodies.clear()
      this.#nobodies.set(holder, country)
    }
    return 0
  }

  #number(claim: Claim | null): number {
    if (claim === null) return 0
    const points = claim.pieces.map((piece) => piece.points).join()
    const { asn, names, type } = claim.network
    const key = [claim.organisation.key, claim.evidence, claim.source, points, asn, type, ...names].join('\t')
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.claims.push(claim)
    this.#numbers.set(key, number)
    return number
  }
}

const NO_BLOCKS: readonly Assignment[] = []
const one = new Uint32Array(1)
const other = new Uint32Array(1)

/** Adds the parts of a row that are known blocks; `whole` when nothing of the row is left. */
function addBlocks(row: SourceRow, blocks: readonly Assignment[], numberOf: (block: Assignment) => number, priority: number, v4: Rows) {
  if (blocks.length === 0 || parseAddress(row.first) !== 4) return NO_BLOCK
  const begin = parsed[0] ?? 0
  const end = parseAddress(row.last) === 4 ? (parsed[0] ?? 0) : 0
  let found = 0
  let whole = false
  for (const block of blocks) {
    if (block.first > end || block.last < begin) continue
    one[0] = Math.max(begin, block.first)
    other[0] = Math.min(end, block.last)
    v4.add(one, other, numberOf(block), priority)
    whole = one[0] === begin && other[0] === end
    found++
  }
  return { found, whole }
}

const NO_BLOCK = { found: 0, whole: false }

const first = new Uint32Array(4)

function add(row: SourceRow, claim: number, priority: number, v4: Rows, v6: Rows): void {
  const family = parseAddress(row.first)
  if (family === 0) throw new SourceError(row.file, row.line, `"${row.first}" is no address`)
  first.set(parsed)
  const familyOfLast = parseAddress(row.last)
  if (familyOfLast === 0) throw new SourceError(row.file, row.line, `"${row.last}" is no address`)
  if (familyOfLast !== family) throw new SourceError(row.file, row.line, 'begins in one address family and ends in the other')
  try {
    ;(family === 4 ? v4 : v6).add(first, parsed, claim, priority)
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
