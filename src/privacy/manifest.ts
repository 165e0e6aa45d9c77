import { RELEASE } from '../release.ts'
import type { Basis, CompanyKind } from '../words.ts'
import { STORED, type StoredTable } from './stored.ts'

/**
 * P10: the privacy manifest of a site, for anybody who asks `/.well-known/doorplate.json` on its host. The notice and
 * the other generated texts are made from the same object, so they cannot say something else.
 */
export interface ManifestSite {
  readonly id: string
  readonly name: string
  readonly basis: Basis
  readonly timeZone: string
  readonly settings: {
    readonly kinds: readonly CompanyKind[]
    readonly collect: Readonly<Record<string, boolean>>
    readonly journeysFrom: number
    readonly webLogsDays: number | null
    readonly release: { readonly bucket: string; readonly k: number }
    readonly balancing: { readonly confirmedBy: string; readonly date: string; readonly reviewBy: string; readonly template: string } | null
    readonly parties: Readonly<Record<'controller' | 'contact' | 'dataProtectionOfficer' | 'authority' | 'policy', string | null>>
  }
}

/** Figures the manifest states but other rooms own. */
export interface ManifestFacts {
  readonly retention: { readonly ledgerDays: number; readonly totalsDays: number }
  /** What the operator said when deploying; nobody but the account's holder can check it. */
  readonly stated: { readonly commit: string | null; readonly bundle: string | null; readonly proof: string | null }
  readonly table: {
    readonly version: string
    readonly sources: readonly { readonly name: string; readonly licence: string; readonly date: string }[]
  } | null
}

export interface Manifest {
  readonly product: 'doorplate'
  readonly version: string
  readonly released: string
  readonly statedByTheOperator: ManifestFacts['stated']
  readonly site: {
    readonly id: string
    readonly name: string
    readonly timeZone: string
    readonly basis: Basis
    /** Of the balancing test; who confirmed it is for the operator's records, not for the world. */
    readonly balancingTest: { readonly date: string; readonly reviewBy: string; readonly template: string } | null
    readonly collects: Readonly<Record<string, boolean>>
    readonly kindsShown: readonly CompanyKind[]
    /** Anonymous totals: released in whole buckets of this size, counts below `k` folded. */
    readonly totals: { readonly bucket: string; readonly k: number }
    readonly parties: ManifestSite['settings']['parties']
  }
  readonly objectionsHonoured: readonly string[]
  readonly thresholds: Readonly<Record<string, number>>
  readonly retention: { readonly companyLedgerDays: number; readonly totalsDays: number; readonly restorePoints: string }
  readonly stored: readonly StoredTable[]
  readonly neverStored: readonly string[]
  readonly rangeTable: ManifestFacts['table']
  readonly processors: readonly { readonly name: string; readonly role: string; readonly place: string }[]
  readonly logs: {
    readonly invocationLogs: false
    readonly traces: false
    /** Days the site's own web server keeps logs with addresses, as the operator states; null where nobody said. */
    readonly webServerDays: number | null
    readonly note: string
  }
}

export const OBJECTIONS_HONOURED = [
  'cookie doorplate_optout=1 (or optout=1)',
  'X-Opt-Out: 1',
  'DNT: 1',
  'X-Do-Not-Track: 1',
  'Sec-GPC: 1',
  'a refusal given to the site’s consent tool',
] as const

export const THRESHOLDS = { companyEmployeesAtLeast: 5, companyIpv4AddressesAtLeast: 8, companyIpv6NetworksAtLeast: 8 } as const

export function manifestOf(site: ManifestSite, facts: ManifestFacts): Manifest {
  const { balancing } = site.settings
  return {
    product: 'doorplate',
    version: RELEASE.version,
    released: RELEASE.date,
    statedByTheOperator: facts.stated,
    site: {
      id: site.id,
      name: site.name,
      timeZone: site.timeZone,
      basis: site.basis,
      balancingTest: balancing === null ? null : { date: balancing.date, reviewBy: balancing.reviewBy, template: balancing.template },
      collects: site.settings.collect,
      kindsShown: site.settings.kinds,
      totals: site.settings.release,
      parties: site.settings.parties,
    },
    objectionsHonoured: OBJECTIONS_HONOURED,
    thresholds: { ...THRESHOLDS, journeysFromEmployees: site.settings.journeysFrom },
    retention: {
      companyLedgerDays: facts.retention.ledgerDays,
      totalsDays: facts.retention.totalsDays,
      restorePoints: 'deleted rows can be restored from Cloudflare D1’s restore points for 7 days (free plan) or 30 days (paid plan)',
    },
    stored: STORED,
    neverStored: [
      'the IP address, in any form',
      'hashes of it',
      'user agent',
      'accept-language',
      'cookies',
      'Cf-Ray',
      'location beyond the country of anonymous counts',
      'identifiers of persons, devices or browsers',
    ],
    rangeTable: facts.table,
    processors: [
      {
        name: 'Cloudflare, Inc.',
        role: 'runs the Worker, KV and D1 for the operator',
        place: 'worldwide edge; database in the EU jurisdiction',
      },
    ],
    logs: {
      invocationLogs: false,
      traces: false,
      webServerDays: site.settings.webLogsDays,
      note: 'as wrangler.toml sets them; zone logs, Logpush and live tail are the operator’s',
    },
  }
}
