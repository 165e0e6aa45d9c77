/**
 * A receipt as JSON keeps it, in a company pack and in the ledger, and what a page says beside each field: where it is
 * from, and from when. Shared because every room that shows a company shows it.
 */
import * as z from 'zod/mini'
import { COMPANY_FIELDS, type CompanyField, type FieldSource, type Receipt } from './words.ts'

/** What the list that ships with the project says of itself, word for word. */
export const COMPILED_BY_HAND = 'compiled by hand, June 2026, not verified'

const FieldSourceShape = z.object({
  source: z.string(),
  date: z.nullable(z.string()),
  fields: z.array(z.enum(COMPANY_FIELDS)),
})

export const ReceiptShape = z.object({
  source: z.string(),
  licence: z.string(),
  sourceVersion: z.string(),
  sourceDate: z.string(),
  evidence: z.string(),
  confidence: z.number(),
  tableVersion: z.string(),
  fields: z._default(z.array(FieldSourceShape), []),
})

/** `GLEIF, 2026-11-01`. */
export const noteOf = ({ source, date }: FieldSource): string => (date === null ? source : `${source}, ${date}`)

/** The note of one field; null where the receipt does not say. */
export function fieldNote({ fields }: Receipt, field: CompanyField): string | null {
  const from = fields.find((one) => one.fields.includes(field))
  return from === undefined ? null : noteOf(from)
}
