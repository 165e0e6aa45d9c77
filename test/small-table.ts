import type { Organisation } from '../src/compile/organisation.ts'
import { encodePointer, POINTER_KEY, versionPrefix } from '../src/compile/pointer.ts'
import type { RangeSource, SourceFacts, SourceRow } from '../src/compile/sources/source.ts'
import { compileTable } from '../src/compile/table.ts'
import { REPORT_NAME } from '../src/ranges/report.ts'
import { encodeReport } from '../src/tools/ranges/published-report.ts'
import type { CompanyKey } from '../src/words.ts'

/**
 * A real range table, small enough to be handed to workerd, on the networks that are reserved for documentation.
 * Built by the same code as the real one.
 */
const organisation = (name: string, asn: number, over: Partial<Organisation>): Organisation => ({
  key: `dom:${name.toLowerCase()}.example` as CompanyKey,
  kind: 'business',
  name,
  domain: `${name.toLowerCase()}.example`,
  country: 'DE',
  city: 'Munich',
  industry: 'Automotive',
  employees: '10001+',
  asns: [asn],
  file: 'small-table.ts',
  line: asn,
  ...over,
})

const ORGANISATIONS = [
  organisation('Acme', 1, {}),
  organisation('Kleinholz', 2, { employees: '11-50', industry: 'Timber' }),
  organisation('Beispieluniversitaet', 3, { kind: 'education', industry: 'Higher education' }),
]

const ROWS: readonly [first: string, last: string, asn: number][] = [
  ['203.0.113.0', '203.0.113.255', 1],
  ['192.0.2.0', '192.0.2.255', 2],
  ['198.51.100.0', '198.51.100.255', 3],
  ['2001:db8:1::', '2001:db8:1:ffff:ffff:ffff:ffff:ffff', 1],
]

const FACTS: SourceFacts = {
  name: 'documentation networks',
  version: '1',
  licence: 'CC0-1.0',
  url: 'https://www.rfc-editor.org/rfc/rfc5737',
  attribution: 'Documentation networks',
  credits: [{ text: 'RFC 5737', url: 'https://www.rfc-editor.org/rfc/rfc5737' }],
  date: '2026-06-17',
  sha256: '0'.repeat(64),
  files: ['small-table.ts'],
}

const SOURCE: RangeSource = {
  role: 'routing',
  expectedRows: ROWS.length,
  facts: async () => FACTS,
  async *rows() {
    for (const [index, [first, last, asn]] of ROWS.entries()) {
      yield { first, last, asn, name: `AS${asn}`, file: 'small-table.ts', line: index + 1 } satisfies SourceRow
    }
  },
}

/** Key → value in base64, the pointer included: what a publish leaves in KV. */
export async function smallTable(): Promise<Record<string, string>> {
  const { description, files, report } = await compileTable({ sources: [SOURCE], organisations: ORGANISATIONS, facts: [FACTS] })
  const values: Record<string, string> = {}
  for (const [name, bytes] of files) values[versionPrefix(description.version) + name] = Buffer.from(bytes).toString('base64')
  const told = encodeReport(report, null)
  values[`${versionPrefix(description.version)}${REPORT_NAME}`] = Buffer.from(told).toString('base64')
  values[POINTER_KEY] = Buffer.from(encodePointer(description, null, new Date('2026-11-01T00:00:00Z'))).toString('base64')
  return values
}
