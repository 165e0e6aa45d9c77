import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { knownCompanies } from '../../../src/compile/firmographics/known-companies.ts'
import { openFirmographics } from '../../../src/compile/firmographics/read.ts'
import { rpsl } from '../../../src/compile/sources/rpsl.ts'
import type { SourceRow } from '../../../src/compile/sources/source.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { inspectAddress } from '../../../src/tools/ranges/inspect.ts'
import { sourceOfRows } from './judged.ts'
import { factsOf } from './made-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-company-register-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const FACTS = `name,country,employees,domain
Beispiel Werke AG,DE,201-500,beispiel.example
Zwilling GmbH,DE,51-200,zwilling-a.example
Zwilling GmbH,DE,51-200,zwilling-b.example
Unbekannt GmbH,DE,,unbekannt.example
Musterstadt Telekom GmbH,DE,201-500,telekom.example
Kleinst GmbH,DE,1-4,kleinst.example
`
const register = () => openFirmographics({ name: 'facts', format: 'csv', files: [file('facts.csv', FACTS)], date: '2026-11-01' })

/** Listed names with confidence, and the reasons of whoever is not. */
async function judge(row: Partial<SourceRow>, role: 'register' | 'routing' = 'register', withRegister = true): Promise<string> {
  const table = await compileTable({
    sources: [sourceOfRows([{ asn: 0, country: 'DE', status: 'assigned', ...row }], role)],
    organisations: [],
    facts: [factsOf('ranges'), factsOf('list')],
    ...(withRegister && { firmographics: [register()] }),
  })
  const [company] = table.companies
  if (company !== undefined) return `${company.name} (${company.kind}, ${company.receipt.confidence}, ${company.employees})`
  return Object.keys(table.report.refused).join(', ') || 'nobody'
}

describe('an exact match of name and country in a register of companies, 70', () => {
  test('lists the holder of an assigned range', async () =>
    expect(await judge({ name: 'Beispiel Werke AG' })).toBe('Beispiel Werke AG (business, 70, 201-500)'))

  test.each([
    ['without the register', { name: 'Beispiel Werke AG' }, 'register', false, 'nobody'],
    ['in another country', { name: 'Beispiel Werke AG', country: 'AT' }, 'register', true, 'nobody'],
    ['without a country', { name: 'Beispiel Werke AG', country: '' }, 'register', true, 'nobody'],
    ['another name', { name: 'Beispiel Werk AG' }, 'register', true, 'nobody'],
    ['without a legal form', { name: 'Beispiel Werke' }, 'register', true, 'nobody'],
    ['an allocation, which is handed on', { name: 'Beispiel Werke AG', status: 'allocated' }, 'register', true, 'nobody'],
    ['who merely announces a range', { name: 'Beispiel Werke AG', asn: 64500 }, 'routing', true, 'nobody'],
    ['a provider, whatever register knows it', { name: 'Musterstadt Telekom GmbH' }, 'register', true, 'nobody'],
    ['two companies of one name: neither', { name: 'Zwilling GmbH' }, 'register', true, 'unknown-size'],
    ['a size nobody knows (P4)', { name: 'Unbekannt GmbH' }, 'register', true, 'unknown-size'],
    ['too few people (P4)', { name: 'Kleinst GmbH' }, 'register', true, 'too-few-people'],
    ['the range is a pool', { name: 'Beispiel Werke AG', handle: 'BEISPIEL-DSL-POOL' }, 'register', true, 'network-name'],
    ['a source calls it a provider’s', { name: 'Beispiel Werke AG', type: 'isp' }, 'register', true, 'nobody'],
  ] as const)('not %s', async (_, row, role, withRegister, verdict) => expect(await judge(row, role, withRegister)).toBe(verdict))

  test('from a registry’s file to the verdict that inspect prints', async () => {
    file(
      'ripe.db.inetnum',
      'inetnum:        203.0.113.0 - 203.0.113.63\nnetname:        BEISPIEL\ndescr:          Beispiel Werke AG\ncountry:        DE\nstatus:         ASSIGNED PA\nsource:         RIPE\n',
    )
    const config = file(
      'sources.toml',
      `[[source]]\nname = "ripe"\nformat = "rpsl"\nregistry = "ripe"\nfiles = ["ripe.db.inetnum"]\n\n[[firmographics]]\nname = "facts"\nformat = "csv"\nfiles = ["${file('facts.csv', FACTS)}"]\ndate = "2026-11-01"\n`,
    )
    expect(() => rpsl({ files: ['ripe.db.inetnum'], registry: 'ripe', acceptedTerms: [] })).toThrow('4.4')
    const found = await inspectAddress('203.0.113.9', { config, acceptTerms: ['ripe'] })
    expect(found).toMatchObject([
      { organisation: 'Beispiel Werke AG', confidence: 70, verdict: expect.stringContaining('listed with confidence 70') },
    ])
  })
})

test('names of a register: spellings of one name are one', async () => {
  const known = await knownCompanies([register()])
  for (const [name, country, there] of [
    ['Beispiel Werke AG', 'DE', true],
    ['BEISPIEL WERKE Aktiengesellschaft', 'DE', true],
    ['Beispiel Werke AG', 'CH', false],
    ['Beispiel', 'DE', false],
  ] as const)
    expect(known?.has(name, country), name).toBe(there)
  expect(await knownCompanies([])).toBeNull()
})
