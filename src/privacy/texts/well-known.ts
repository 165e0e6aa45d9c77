import type { TextSource } from './text.ts'

/**
 * The two files for the operator's *own* site: that it abides by Global Privacy Control (`/.well-known/gpc.json`, with
 * the day of the statement), and its tracking status (`/.well-known/dnt/`, W3C Tracking Preference Expression).
 * They speak for the whole site, so the operator publishes them only if every other tool on it behaves likewise.
 */
export interface SiteFile {
  /** Path below the site's root. */
  readonly path: string
  readonly contentType: string
  readonly text: string
}

export function wellKnownFiles({ manifest, date }: TextSource): readonly SiteFile[] {
  const { policy, contact } = manifest.site.parties
  const status = {
    tracking: 'N',
    compliance: [],
    ...(policy === null ? {} : { policy, controller: [policy] }),
    ...(contact === null ? {} : { contact }),
  }
  return [
    { path: '.well-known/gpc.json', contentType: 'application/json', text: json({ gpc: true, lastUpdate: date }) },
    { path: '.well-known/dnt/index.json', contentType: 'application/tracking-status+json', text: json(status) },
  ]
}

/** What the operator has to know before publishing them. */
export const WELL_KNOWN_NOTE = {
  de: 'Beide Dateien sprechen für die ganze Website. Veröffentlichen Sie sie erst, wenn auch alle anderen Werkzeuge darauf GPC beachten und niemanden über Websites hinweg verfolgen. Der Server liefert dnt/index.json unter /.well-known/dnt/ als application/tracking-status+json aus. Keine Rechtsberatung.',
  en: 'Both files speak for the whole website. Publish them once every other tool on it honours GPC too and follows nobody across websites. The server delivers dnt/index.json at /.well-known/dnt/ as application/tracking-status+json. Not legal advice.',
} as const

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
