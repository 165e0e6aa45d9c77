import { companyKey, type Organisation } from '../../../src/compile/organisation.ts'
import type { RangeSource, SourceFacts, SourceRow } from '../../../src/compile/sources/source.ts'
import { compileTable } from '../../../src/compile/table.ts'

/** An organisation with one AS; every field can be overridden. */
export function organisation(name: string, asn: number, over: Partial<Organisation> = {}): Organisation {
  const domain = over.domain === undefined ? `${name.toLowerCase()}.example` : over.domain
  return {
    key: companyKey(domain, name, 'DE'),
    kind: 'business',
    name,
    domain,
    country: 'DE',
    city: null,
    industry: null,
    employees: '51-200',
    asns: [asn],
    file: 'list.csv',
    line: asn,
    ...over,
  }
}

export type RowText = readonly [first: string, last: string, asn: number]

export function sourceOf(rows: readonly RowText[], file = 'rows.csv'): RangeSource {
  return {
    role: 'routing',
    expectedRows: rows.length,
    facts: async () => factsOf(file),
    async *rows() {
      for (const [index, [first, last, asn]] of rows.entries())
        yield { first, last, asn, name: '', file, line: index + 1 } satisfies SourceRow
    },
  }
}

export const factsOf = (name: string): SourceFacts => ({
  name,
  version: '1',
  licence: 'CC0 1.0',
  url: 'https://source.example',
  attribution: 'made for a test',
  credits: [],
  date: '2026-06-17',
  sha256: '0'.repeat(64),
  files: [name],
})

/** A table of these rows; AS n belongs to the n-th organisation, named after the alphabet: A, B, C … */
export function tableOf(rows: readonly RowText[], organisations: readonly Organisation[] = letters(rows)) {
  return compileTable({ sources: [sourceOf(rows)], organisations, facts: [factsOf('rows.csv')] })
}

export function letters(rows: readonly RowText[]): Organisation[] {
  const numbers = [...new Set(rows.map(([, , asn]) => asn))].filter((asn) => asn > 0).sort((a, b) => a - b)
  return numbers.map((asn) => organisation(String.fromCharCode(64 + asn), asn))
}
