/**
 * Company records of a slice of ids: one KV value, read only when a company is first seen.
 *
 * The bytes were checked against the hash in the pointer before they came here, so a record is parsed with the
 * schema only when somebody asks for it: most of a pack is never looked at.
 */
import * as z from 'zod/mini'
import { ReceiptShape } from '../receipt.ts'
import { COMPANY_KINDS, type CompanyKey, type CompanyRecord } from '../words.ts'

const textOrNull = z.nullable(z.string())

/** The table version is filled in here, because it is the hash of what the pack is a part of. Older packs have no `fields`. */
const { tableVersion: _filledWhenRead, ...receiptShape } = ReceiptShape.def.shape
const PackReceipt = z.object({ ...receiptShape, sourceDate: z.iso.date() })

const Company = z.object({
  key: z.string().check(z.regex(/^(lei|dom|own):\S+$/)),
  kind: z.enum(COMPANY_KINDS),
  name: z.string().check(z.minLength(1)),
  domain: textOrNull,
  country: z.string().check(z.regex(/^[A-Z]{2}$/)),
  city: textOrNull,
  industry: textOrNull,
  employees: textOrNull,
  receipt: z.int().check(z.nonnegative()),
})

const Pack = z.object({ first: z.int().check(z.positive()), receipts: z.array(z.unknown()), companies: z.array(z.unknown()) })

export interface CompanyPack {
  /** The record of a dense id, its receipt completed with the table version; null when it is not in here or malformed. */
  company(id: number, tableVersion: string): CompanyRecord | null
}

/** Null when the bytes are no pack. Never throws. */
export function openPack(bytes: ArrayBuffer): CompanyPack | null {
  const json = parseJson(bytes)
  const pack = Pack.safeParse(json)
  if (!pack.success) return null
  const { first, receipts, companies } = pack.data
  return {
    company(id, tableVersion) {
      const company = Company.safeParse(companies[id - first])
      if (!company.success) return null
      const receipt = PackReceipt.safeParse(receipts[company.data.receipt])
      if (!receipt.success) return null
      return { ...company.data, key: company.data.key as CompanyKey, receipt: { ...receipt.data, tableVersion } }
    },
  }
}

/** Null for anything that is not JSON; the parser's message would echo what it read, so nobody gets to see it. */
export function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}
