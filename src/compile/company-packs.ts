/**
 * Company records as KV values: JSON of a slice of ids each, read at the edge only when a company is first seen.
 * What many records share, the receipt, is written once per pack.
 */
import type { CompanyRecord, Receipt } from '../words.ts'

/** 512 records are about 100 KiB of JSON: parsed in a millisecond. */
const SMALLEST_PACK = 512
/** A version stays under 500 keys (KV's free plan allows 1,000 writes a day), and 128 may be shards. */
const MOST_PACKS = 360

/** The table version fills in when the table is read, because it is the hash of what is written here. */
export type PackReceipt = Omit<Receipt, 'tableVersion'>

export interface PackCompany extends Omit<CompanyRecord, 'receipt'> {
  readonly receipt: PackReceipt
}

/** Ids per pack: a power of two. */
export function packSizeFor(companies: number): number {
  let size = SMALLEST_PACK
  while (companies / size > MOST_PACKS) size *= 2
  return size
}

/** `companies[0]` is the company with id 1. */
export function encodePacks(companies: readonly PackCompany[], packSize: number): Uint8Array<ArrayBuffer>[] {
  const packs: Uint8Array<ArrayBuffer>[] = []
  for (let from = 0; from < companies.length; from += packSize) {
    packs.push(encodePack(companies.slice(from, from + packSize), from + 1))
  }
  return packs
}

function encodePack(companies: readonly PackCompany[], first: number): Uint8Array<ArrayBuffer> {
  const receipts: string[] = []
  const rows = companies.map(({ key, kind, name, domain, country, city, industry, employees, receipt }) => {
    const text = JSON.stringify(receipt)
    let index = receipts.indexOf(text)
    if (index < 0) index = receipts.push(text) - 1
    return { key, kind, name, domain, country, city, industry, employees, receipt: index }
  })
  const body = { first, receipts: receipts.map((text): unknown => JSON.parse(text)), companies: rows }
  return new TextEncoder().encode(JSON.stringify(body))
}
