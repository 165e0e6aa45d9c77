/**
 * Explains one address: the rows of the sources that hold it, each piece of evidence for and against, the confidence and
 * the verdict. Reads the sources again, because a table keeps no reason for what it does not list.
 */

import type { Assignment } from '../../compile/assignments.ts'
import { readCuratedList } from '../../compile/curated.ts'
import { assess, assessAssignment, type Claim, type Piece } from '../../compile/evidence/assess.ts'
import { type Verdict, verdictOf } from '../../compile/evidence/verdict.ts'
import { LISTED_AT } from '../../compile/evidence.ts'
import { withFirmographics } from '../../compile/firmographics/complete.ts'
import { knownCompanies } from '../../compile/firmographics/known-companies.ts'
import { WORDS } from '../../compile/flatten.ts'
import { readNetworks } from '../../compile/intake.ts'
import { gatherKnowledge } from '../../compile/knowledge.ts'
import type { RangeSource, SourceRow } from '../../compile/sources/source.ts'
import { type Family, parseAddress, parsed } from '../../ranges/address.ts'
import { type JudgingOptions, openJudging } from './judging.ts'
import { chooseSources, type SourceOptions } from './sources.ts'

export interface Candidate {
  readonly row: SourceRow
  readonly organisation: string | null
  readonly key: string | null
  readonly pieces: readonly Piece[]
  readonly confidence: number
  /** One sentence. */
  readonly verdict: string
}

export interface InspectOptions extends SourceOptions, JudgingOptions {
  readonly list?: string
}

/** Every row that holds `address`, or null when it is no address. */
export async function inspectAddress(address: string, options: InspectOptions = {}): Promise<Candidate[] | null> {
  const family = parseAddress(address)
  if (family === 0) return null
  const words = parsed.slice(0, WORDS[family])
  const { sources, deny, firmographics, list: chosenList } = chooseSources(options)
  const list = await readCuratedList(options.list ?? chosenList ?? undefined)
  const { rules } = await openJudging({ ...options, deny: [...deny, ...(options.deny ?? [])] })
  const facts = [...(await Promise.all(sources.map((source) => source.facts()))), list.facts]
  const networks = await readNetworks(sources)
  const companies = await knownCompanies(firmographics)
  const knowledge = gatherKnowledge({ organisations: list.organisations, networks, facts, sources: sources.length, rules, companies })

  const { held, addresses } = await readHolders(sources, family, words)
  const denied = knowledge.deny.ranges.find((range) => holds(range, family, words))
  const claims = held.map(({ row, source, number }) => {
    const block = source.role === 'routing' && family === 4 ? knowledge.assignments.of(row.asn).find((one) => isIn(one, words)) : undefined
    return block === undefined ? assess(row, source.role, number, knowledge) : assessAssignment(block, number, knowledge)
  })
  const joined = await withFirmographics(
    claims.filter((claim) => claim !== null),
    firmographics,
  )
  const next = joined.values()
  return held.map(({ row }, index) => {
    const claim = claims[index] == null ? undefined : next.next().value
    if (claim === undefined) return nobody(row)
    const verdict = verdictOf(claim, addresses.get(row.asn) ?? 0, knowledge)
    const { organisation } = claim
    const sentence = denied === undefined ? describe(verdict, claim) : `not listed: deny list ${denied.list}: ${denied.who}`
    return {
      row,
      organisation: organisation.name,
      key: organisation.key,
      pieces: verdict.pieces,
      confidence: verdict.confidence,
      verdict: sentence,
    }
  })
}

const isIn = ({ first, last }: Assignment, [address = 0]: Uint32Array): boolean => first <= address && address <= last

const nobody = (row: SourceRow): Candidate => ({
  row,
  organisation: null,
  key: null,
  pieces: [],
  confidence: 0,
  verdict: 'nobody: no list, register or wording speaks for an organisation',
})

function describe({ confidence, veto, rejection }: Verdict, { organisation: { file, line }, unconfirmed }: Claim): string {
  if (veto !== null) return `not listed (${veto.reason}): ${veto.why}`
  if (unconfirmed)
    return `not listed (${rejection}): several companies of a register have this name in this country, or it says something else`
  if (rejection !== null) return `not listed (${rejection}): confidence ${confidence}, ${LISTED_AT} are needed`
  return `listed with confidence ${confidence} (${file}:${line}), if its networks together are large enough`
}

interface Holder {
  readonly row: SourceRow
  readonly source: RangeSource
  readonly number: number
}

/** The rows that hold the address, and how many IPv4 addresses the sources give each of their AS. */
async function readHolders(sources: readonly RangeSource[], family: Family, words: Uint32Array) {
  const held: Holder[] = []
  const addresses = new Map<number, number>()
  for (const [number, source] of sources.entries()) {
    if (source.role === 'categories' || source.role === 'statistics') continue
    for await (const row of source.rows()) {
      if (holds(row, family, words)) held.push({ row, source, number })
      addresses.set(row.asn, (addresses.get(row.asn) ?? 0) + sizeOf(row))
    }
  }
  return { held, addresses }
}

function sizeOf({ first, last }: SourceRow): number {
  if (parseAddress(first) !== 4) return 0
  const begin = parsed[0] ?? 0
  return parseAddress(last) === 4 ? (parsed[0] ?? 0) - begin + 1 : 0
}

function holds(row: { readonly first: string; readonly last: string }, family: Family, words: Uint32Array): boolean {
  return (
    parseAddress(row.first) === family && compareToParsed(words) >= 0 && parseAddress(row.last) === family && compareToParsed(words) <= 0
  )
}

/** Sign of `words` minus the address parsed last. */
function compareToParsed(words: Uint32Array): number {
  for (const [index, word] of words.entries()) {
    const difference = word - (parsed[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
