/** A company as one site's ledger keeps it, receipt and all. One site at a time (P8). */
import * as z from 'zod'
import { ReceiptShape } from '../../receipt.ts'
import { COMPANY_KINDS, type CompanyKey, type CompanyRecord } from '../../words.ts'

const Row = z.object({
  key: z.string().transform((key) => key as CompanyKey),
  kind: z.enum(COMPANY_KINDS),
  name: z.string(),
  domain: z.string().nullable(),
  country: z.string(),
  city: z.string().nullable(),
  industry: z.string().nullable(),
  employees: z.string().nullable(),
  receipt: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(ReceiptShape),
})

export async function storedCompany(db: D1Database, site: string, key: string): Promise<CompanyRecord | null> {
  const row = await db
    .prepare(
      `SELECT company_key AS key, kind, name, domain, country, city, industry, employees, receipt
         FROM companies WHERE site_id = ?1 AND company_key = ?2`,
    )
    .bind(site, key)
    .first()
  return row === null ? null : Row.parse(row)
}
