/**
 * Registers of company facts: how their files are cut and which of our fields stands in which of their columns.
 * A field may name several columns; the first that holds something counts.
 */
import type { CsvFormat } from '../sources/csv-lines.ts'

export const FACT_FIELDS = [
  'lei', 'domain', 'registerId', 'name', 'country', 'city', 'postcode', 'industry', 'employees', 'legalForm',
] as const // biome-ignore format: a word list reads better in lines than in a column
export type FactField = (typeof FACT_FIELDS)[number]

export interface FirmographicsPreset {
  readonly fields: Readonly<Partial<Record<FactField, string | readonly string[]>>>
  readonly escape?: NonNullable<CsvFormat['escape']>
  /** Rows with one of these values in the column are nobody any more. */
  readonly without?: { readonly column: string; readonly values: readonly string[] }
  readonly name: string
  readonly licence: string
  readonly url: string
}

export const FIRMOGRAPHICS_PRESETS = {
  /**
   * GLEIF's golden copy of level 1 (LEI-CDF 3.1) as CSV. The seat is the headquarters', and where none is given the
   * registered one. Its legal form is a code of ISO 20275 that only its list explains; but the category says when an
   * entity is one natural person in business, and P4 has to know that.
   */
  gleif: {
    name: 'GLEIF',
    licence: 'CC0 1.0',
    url: 'https://www.gleif.org',
    fields: {
      lei: 'LEI',
      name: 'Entity.LegalName',
      country: ['Entity.HeadquartersAddress.Country', 'Entity.LegalAddress.Country'],
      city: ['Entity.HeadquartersAddress.City', 'Entity.LegalAddress.City'],
      postcode: ['Entity.HeadquartersAddress.PostalCode', 'Entity.LegalAddress.PostalCode'],
      registerId: 'Entity.RegistrationAuthority.RegistrationAuthorityEntityID',
      legalForm: ['Entity.EntityCategory', 'Entity.LegalForm.OtherLegalForm'],
    },
    without: { column: 'Entity.EntityStatus', values: ['INACTIVE', 'NULL'] },
  },
  /** The free company dataset, CSV (quotes escaped by a backslash) or one JSON object a line; the country is a word. */
  'people-data-labs': {
    name: 'People Data Labs free company dataset',
    licence: 'CC BY 4.0',
    url: 'https://www.peopledatalabs.com',
    escape: '\\',
    fields: { domain: 'website', name: 'name', country: 'country', city: 'locality', industry: 'industry', employees: 'size' },
  },
  /**
   * What query.wikidata.org gives as CSV for the query in docs/sources.md: official website (P856), LEI (P1278),
   * country (P17, ISO code P297), headquarters (P159), industry (P452), employees (P1128), legal form (P1454).
   */
  wikidata: {
    name: 'Wikidata',
    licence: 'CC0 1.0',
    url: 'https://www.wikidata.org',
    fields: {
      lei: 'lei',
      domain: 'website',
      registerId: 'register_id',
      name: ['name', 'itemLabel'],
      country: 'country',
      city: ['city', 'cityLabel'],
      industry: ['industry', 'industryLabel'],
      employees: 'employees',
      legalForm: ['legal_form', 'legalFormLabel'],
    },
  },
  /** The operator's own CSV: the columns are called like our fields, or as `fields` says. */
  csv: {
    name: 'own list of company facts',
    licence: "the operator's own",
    url: '',
    fields: {
      lei: 'lei',
      domain: 'domain',
      registerId: 'register_id',
      name: 'name',
      country: 'country',
      city: 'city',
      postcode: 'postcode',
      industry: 'industry',
      employees: 'employees',
      legalForm: 'legal_form',
    },
  },
} as const satisfies Record<string, FirmographicsPreset>

export type FirmographicsFormat = keyof typeof FIRMOGRAPHICS_PRESETS
