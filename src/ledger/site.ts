import * as z from 'zod/mini'
import { BASES, type Basis, type SiteId } from '../words.ts'
import { Settings, SITE_DEFAULTS, type SiteSettings } from './settings.ts'

/** A site as its row describes it. */
export interface Site {
  readonly id: SiteId
  readonly name: string
  readonly basis: Basis
  /** IANA time zone; days and shown hours are in it. */
  readonly timeZone: string
  readonly settings: SiteSettings
}

export interface SiteRow {
  readonly id: string
  readonly name: string
  readonly basis: string
  readonly time_zone: string
  readonly settings: string
}

/**
 * The site a row describes. Settings that do not parse, or a basis without its balancing test, turn the site off:
 * it fails closed, and `whatIsWrong` says why.
 */
export function readSite(row: SiteRow): Site {
  const basis = z.enum(BASES).safeParse(row.basis)
  const settings = Settings.safeParse(parseJson(row.settings))
  const usable = basis.success && settings.success && validTimeZone(row.time_zone)
  const shown = usable ? settings.data : SITE_DEFAULTS
  const allowed = usable && !(basis.data === 'legitimate-interest' && shown.balancing === null)
  return {
    id: row.id as SiteId,
    name: row.name,
    basis: allowed ? basis.data : 'off',
    timeZone: usable ? row.time_zone : 'UTC',
    settings: shown,
  }
}

/** The sentence that says why a row would not work as written, or null. */
export function whatIsWrong(row: SiteRow): string | null {
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(row.id)) return `The site's id may have a-z, 0-9 and "-", not "${row.id}".`
  if (!z.enum(BASES).safeParse(row.basis).success) return `The basis is one of ${BASES.join(', ')}.`
  if (!validTimeZone(row.time_zone)) return `"${row.time_zone}" is no time zone; write it like Europe/Berlin.`
  const settings = Settings.safeParse(parseJson(row.settings))
  if (!settings.success) {
    const issue = settings.error.issues[0]
    return `The setting ${issue?.path.join('.') || '(whole)'} does not fit: ${issue?.message ?? 'not valid'}.`
  }
  if (row.basis === 'legitimate-interest' && settings.data.balancing === null) {
    return 'The basis legitimate-interest needs its recorded balancing test {confirmedBy, date, reviewBy}; the template is docs/privacy/balancing.md.'
  }
  return null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Zones that were asked for and exist: asking costs more than all else of a site's row, and every page reads all rows. */
const zones = new Set<string>()

/** Whether the platform knows this IANA time zone. */
export function validTimeZone(name: string): boolean {
  if (zones.has(name)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    zones.add(name)
    return true
  } catch {
    return false
  }
}
