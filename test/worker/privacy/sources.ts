import { RETENTION } from '../../../src/ledger/retention.ts'
import { SITE_DEFAULTS, type SiteSettings } from '../../../src/ledger/settings.ts'
import { type Manifest, type ManifestSite, manifestOf } from '../../../src/privacy/manifest.ts'
import type { TextSource } from '../../../src/privacy/texts/text.ts'

/** Every field that a text may ask for. */
export const PARTIES = {
  controller: 'Muster GmbH, Hauptstraße 1, 80331 München',
  contact: 'datenschutz@muster.example',
  dataProtectionOfficer: 'dsb@muster.example',
  authority: 'Musterbehörde für den Datenschutz',
  policy: 'https://www.muster.example/datenschutz',
} as const

type SiteOver = Partial<Omit<ManifestSite, 'settings'>> & { readonly settings?: SiteSettings }

/** The manifest of a site on which everything is filled in, unless told otherwise. */
export function manifest(over: SiteOver = {}): Manifest {
  return manifestOf(
    {
      id: 'shop',
      name: 'Muster-Shop',
      basis: 'legitimate-interest',
      timeZone: 'Europe/Berlin',
      settings: { ...SITE_DEFAULTS, parties: PARTIES },
      ...over,
    },
    { retention: RETENTION, stated: { commit: null, bundle: null, proof: null }, table: null },
  )
}

export function source(over: SiteOver = {}, hosts: Partial<TextSource> = {}): TextSource {
  return {
    manifest: manifest(over),
    date: '2026-11-21',
    pageHosts: ['www.muster.example'],
    endpointHosts: ['t.muster.example'],
    confirmedBy: null,
    ...hosts,
  }
}
