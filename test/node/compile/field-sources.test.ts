import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCuratedList } from '../../../src/compile/curated.ts'
import { openFirmographics } from '../../../src/compile/firmographics/read.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { openPack } from '../../../src/ranges/company-pack.ts'
import { fieldNote } from '../../../src/receipt.ts'
import { COMPANY_FIELDS, type CompanyRecord } from '../../../src/words.ts'
import { build, register, sourceOfRows } from './judged.ts'
import { factsOf } from './made-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-fields-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** Field → note, of the fields that have a value. */
const notes = (company: Pick<CompanyRecord, 'receipt' | (typeof COMPANY_FIELDS)[number]>) =>
  Object.fromEntries(COMPANY_FIELDS.filter((field) => company[field] !== null).map((field) => [field, fieldNote(company.receipt, field)]))

const LIST = `name,domain,country,city,industry,employees,asns
Acme,acme.example,DE,Ulm,Automotive,201-500,AS64500
`
const BY_HAND = 'compiled by hand, June 2026, not verified'

async function curatedTable(facts: string | null) {
  const list = await readCuratedList(file('list.csv', LIST))
  const firmographics =
    facts === null ? [] : [openFirmographics({ name: 'facts', format: 'gleif', files: [file('gleif.csv', facts)], date: '2026-11-01' })]
  return compileTable({
    sources: [sourceOfRows([{ name: 'Acme AG' }])],
    organisations: list.organisations,
    facts: [factsOf('routes'), list.facts],
    firmographics,
  })
}
const only = (companies: readonly CompanyRecord[] | readonly unknown[]): CompanyRecord => companies[0] as CompanyRecord

describe('every shown field has a source and a date', () => {
  test('a field of the curated list without one says so', async () => {
    const { companies } = await curatedTable(null)
    expect(notes(only(companies))).toEqual({
      name: BY_HAND,
      kind: BY_HAND,
      domain: BY_HAND,
      country: BY_HAND,
      city: BY_HAND,
      industry: BY_HAND,
      employees: BY_HAND,
    })
  })

  test('a register’s word replaces the hand-made one, field by field', async () => {
    const { companies } = await curatedTable(
      'LEI,Entity.LegalName,Entity.HeadquartersAddress.City,Entity.HeadquartersAddress.Country\n529900AAAAAAAAAAAA11,Acme,Neu-Ulm,DE\n',
    )
    expect(only(companies).city).toBe('Neu-Ulm')
    expect(notes(only(companies))).toMatchObject({ city: 'GLEIF, 2026-11-01', country: 'GLEIF, 2026-11-01', industry: BY_HAND })
  })

  test('a university found by name: the name from the routes, the domain from the register, the country from the file', async () => {
    const { companies } = await build({
      row: { name: 'Beispiel Universitaet Ulm' },
      rules: { institutions: register({ 'Beispiel Universitaet Ulm, DE': 'uni.example' }) },
    })
    expect(notes(only(companies))).toEqual({
      name: 'source 0, 2026-06-17',
      kind: 'source 0, 2026-06-17',
      domain: 'register, 2026-06-17',
      country: 'asn-country (NRO statistics), 2026-06-17',
    })
  })

  test('the country of an AS from the source that says it', async () => {
    const { companies } = await build({ row: { name: 'University of Somewhere' }, says: { role: 'categories', country: 'GB' } })
    expect(notes(only(companies))).toMatchObject({ country: 'source 1, 2026-06-17' })
  })

  test('an own list’s fields are the operator’s', async () => {
    const { companies } = await build({
      row: { name: 'Acme AG', country: 'DE', city: 'Ulm', employees: '51-200', domain: 'acme.example' },
      role: 'operator',
    })
    expect(new Set(Object.values(notes(only(companies))))).toEqual(new Set(['source 0, 2026-06-17']))
  })

  test('no field of any listed company is without', async () => {
    for (const table of [await curatedTable(null), await build({ row: { name: 'Stadt Ulm' } })])
      for (const company of table.companies) expect(Object.values(notes(company as CompanyRecord))).not.toContain(null)
  })
})

describe('in a company pack', () => {
  const decode = (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) => new TextDecoder().decode(files.get('c:00'))

  test('the reader finds what the build wrote', async () => {
    const { files } = await curatedTable(null)
    const company = openPack(new TextEncoder().encode(decode(files)).buffer)?.company(1, 'v')
    expect(company && fieldNote(company.receipt, 'city')).toBe(BY_HAND)
  })

  test('a pack of an older table, which says nothing of fields, is read', async () => {
    const { files } = await curatedTable(null)
    const pack: { receipts: { fields?: unknown }[] } = JSON.parse(decode(files))
    for (const receipt of pack.receipts) delete receipt.fields
    const company = openPack(new TextEncoder().encode(JSON.stringify(pack)).buffer)?.company(1, 'v')
    expect(company).toMatchObject({ name: 'Acme', receipt: { fields: [] } })
    expect(company && fieldNote(company.receipt, 'city')).toBeNull()
  })
})
