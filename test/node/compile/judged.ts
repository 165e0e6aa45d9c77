/** What a build makes of one network, for tests: listed as whom, or refused and why. */
import { objectionsOf } from '../../../src/company-objection.ts'
import { NO_DENY, openDenyBook } from '../../../src/compile/deny/deny-list.ts'
import type { InstitutionRegister } from '../../../src/compile/evidence/institutions.ts'
import type { JudgingRules } from '../../../src/compile/knowledge.ts'
import type { Organisation } from '../../../src/compile/organisation.ts'
import type { AsRow, RangeSource, SourceRole, SourceRow } from '../../../src/compile/sources/source.ts'
import { type CompiledTable, compileTable } from '../../../src/compile/table.ts'
import { factsOf } from './made-table.ts'

export interface Case {
  readonly row?: Partial<SourceRow>
  readonly role?: SourceRole
  readonly says?: Partial<AsRow> & { readonly role: SourceRole }
  readonly organisations?: readonly Organisation[]
  readonly rules?: JudgingRules
  readonly facts?: readonly { readonly date: string }[]
}

const ASN = 64500

export function sourceOfRows(
  rows: readonly Partial<SourceRow>[],
  role: SourceRole = 'routing',
  networks: readonly Partial<AsRow>[] = [],
): RangeSource {
  return {
    role,
    expectedRows: rows.length,
    facts: async () => factsOf('rows.csv'),
    async *rows() {
      for (const [index, row] of rows.entries())
        yield { first: '10.0.0.0', last: '10.0.0.255', asn: ASN, name: '', file: 'rows.csv', line: index + 1, ...row }
    },
    async *networks() {
      for (const [index, row] of networks.entries()) yield { asn: ASN, name: '', file: 'as.csv', line: index + 1, ...row }
    },
  }
}

export const noInstitutions = null
/** A register of a few names. */
export const register = (entries: Readonly<Record<string, string | 'ambiguous'>>): InstitutionRegister => ({
  find: (name, country) => {
    const domain = entries[`${name}, ${country}`]
    return domain === undefined ? null : domain === 'ambiguous' ? 'ambiguous' : { name, domain }
  },
  only: (name) => {
    const found = Object.entries(entries).filter(([key]) => key.startsWith(`${name}, `))
    const [key = '', domain] = found[0] ?? []
    return found.length !== 1 || domain === undefined || domain === 'ambiguous' ? null : { name, domain, country: key.slice(-2) }
  },
  facts: factsOf('register'),
})

export async function build({ row = {}, role = 'routing', says, organisations = [], rules = {}, facts }: Case): Promise<CompiledTable> {
  const sources = [sourceOfRows([row], role), ...(says === undefined ? [] : [sourceOfRows([], says.role, [says])])]
  return compileTable({
    sources,
    organisations,
    facts: (facts ?? [...sources, null].map(() => ({ date: '2026-06-17' }))).map(({ date }, index) => ({
      ...factsOf(`source ${index}`),
      date,
    })),
    rules: { deny: openDenyBook(), countries: new Map([[ASN, 'DE']]), ...rules },
  })
}

/** `Name (kind, confidence)` of what is listed, else the reasons of the refusal, else `nobody`. */
export async function judged(given: Case): Promise<string> {
  const { companies, report } = await build(given)
  const [company] = companies
  if (company !== undefined) return `${company.name} (${company.kind}, ${company.receipt.confidence})`
  return (
    Object.keys(report.refused)
      .concat(Object.keys(report.rejected).filter((reason) => !(reason in report.refused)))
      .join(', ') || 'nobody'
  )
}

export const withoutDeny: JudgingRules = { deny: NO_DENY }
export const objecting = (key: string): JudgingRules => ({
  objections: objectionsOf([{ key: key as Organisation['key'], names: [], domains: key.startsWith('dom:') ? [key.slice(4)] : [] }]),
})
