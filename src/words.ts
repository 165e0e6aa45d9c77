/**
 * The words that several rooms share, as types and plain records; nothing here does anything.
 *
 * `ranges`, `privacy` and `ledger` import nothing of each other (a test holds these arrows), so a company
 * that leaves one room and enters the next is described here. There is deliberately no type in this file
 * that an address could be a part of (P2).
 */

declare const brand: unique symbol

/** A website of the operator, e.g. `demo`; a slug, chosen by the operator. */
export type SiteId = string & { readonly [brand]: 'SiteId' }

/** Reserved for `npm run doctor`, which makes and deletes it; no list names it and no operator's site can be called so. */
export const CANARY = 'doorplate-canary' as SiteId

/** `lei:<LEI>`, else `dom:<domain>`, else `own:<slug>`; the same on every machine and in every build. */
export type CompanyKey = string & { readonly [brand]: 'CompanyKey' }

/** Why an event may be looked at; set per site, enforced by the server. */
export const BASES = ['consent', 'legitimate-interest', 'off'] as const
export type Basis = (typeof BASES)[number]

/** What a company did. `leave` is no activity: it adds seconds to a view. */
export const ACTIVITY_KINDS = ['view', 'download', 'outbound', 'form', 'event'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** A site shows some kinds and only counts the others. */
export const COMPANY_KINDS = ['business', 'government', 'research', 'education', 'nonprofit', 'it-service'] as const
export type CompanyKind = (typeof COMPANY_KINDS)[number]

/** What is shown of a company. */
export const COMPANY_FIELDS = ['name', 'kind', 'domain', 'country', 'city', 'industry', 'employees'] as const
export type CompanyField = (typeof COMPANY_FIELDS)[number]

/** Where some of a company's fields are from. */
export interface FieldSource {
  readonly source: string
  /** Day of the source, `YYYY-MM-DD`; null where the source says itself from when it is. */
  readonly date: string | null
  readonly fields: readonly CompanyField[]
}

/** Why we say that this is company X. Never a range, a prefix or an AS number. */
export interface Receipt {
  /** Name of the source of the match, e.g. `@ip-location-db/asn`. */
  readonly source: string
  readonly licence: string
  readonly sourceVersion: string
  /** Date of the source, `YYYY-MM-DD`. */
  readonly sourceDate: string
  /** Kind of evidence, e.g. `curated list names the company's own network`. */
  readonly evidence: string
  /** 0 … 100. */
  readonly confidence: number
  /** Version of the range table, SHA-256 in hex. Filled when the table is read. */
  readonly tableVersion: string
  /** Where each field is from; empty in a receipt that was stored before receipts said so. */
  readonly fields: readonly FieldSource[]
}

/** Master data of a company as the range table knows it. */
export interface CompanyRecord {
  readonly key: CompanyKey
  readonly kind: CompanyKind
  readonly name: string
  readonly domain: string | null
  /** Seat of the company (never the visitor's place): ISO 3166-1 alpha-2. */
  readonly country: string
  readonly city: string | null
  readonly industry: string | null
  /** Size band, `10001+` or `201-500`; null where unknown. */
  readonly employees: string | null
  readonly receipt: Receipt
}
