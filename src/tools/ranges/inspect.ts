/**
 * Explains one address: the rows of the sources that hold it, what speaks for and against each, and the verdict.
 * Reads the sources again, because a table keeps no reason for what it does not list.
 */
import { readCuratedList } from '../../compile/curated.ts'
import { EVIDENCE } from '../../compile/evidence.ts'
import { WORDS } from '../../compile/flatten.ts'
import type { Organisation } from '../../compile/organisation.ts'
import { ASN_PACKAGE, ipLocationDb } from '../../compile/sources/ip-location-db.ts'
import type { SourceRow } from '../../compile/sources/source.ts'
import { vetoedNetwork, vetoedOrganisation } from '../../compile/vetoes.ts'
import { type Family, parseAddress, parsed } from '../../ranges/address.ts'

export interface Candidate {
  readonly row: SourceRow
  readonly organisation: string | null
  readonly verdict: string
}

export interface InspectOptions {
  readonly sources?: readonly string[]
  readonly list?: string
}

/** Every row that holds `address`, or null when it is no address. */
export async function inspectAddress(address: string, options: InspectOptions = {}): Promise<Candidate[] | null> {
  const family = parseAddress(address)
  if (family === 0) return null
  const words = parsed.slice(0, WORDS[family])
  const { organisations } = await readCuratedList(options.list)
  const owners = new Map(organisations.flatMap((organisation) => organisation.asns.map((asn) => [asn, organisation] as const)))
  const candidates: Candidate[] = []
  for (const source of options.sources ?? [ASN_PACKAGE]) {
    for await (const row of ipLocationDb(source).rows()) {
      if (holds(row, family, words)) candidates.push(explain(row, owners.get(row.asn)))
    }
  }
  return candidates
}

function holds(row: SourceRow, family: Family, words: Uint32Array): boolean {
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

function explain(row: SourceRow, organisation: Organisation | undefined): Candidate {
  return { row, organisation: organisation?.name ?? null, verdict: verdictOf(row, organisation) }
}

function verdictOf(row: SourceRow, organisation: Organisation | undefined): string {
  if (organisation === undefined) return 'no evidence: the list names nobody with this AS number'
  const network = vetoedNetwork(row.asn)
  if (network !== null) return `vetoed (${network.veto}): ${network.why}`
  const person = vetoedOrganisation(organisation.domain)
  if (person !== null) return `vetoed (${person.veto}): ${person.why}`
  return `${EVIDENCE.curated.text}, confidence ${EVIDENCE.curated.confidence} (${organisation.file}:${organisation.line})`
}
