import { COLLECTED, SCORE_PARTS, type SiteSettings } from '../../../ledger/settings.ts'
import type { SiteDraft } from '../../../ledger/sites.ts'
import type { Basis } from '../../../words.ts'
import { textOf } from '../page.tsx'

/**
 * A site's settings as the form of one group sends them, put into the whole that the API takes. Nothing is checked
 * here: what does not fit is refused by the API's schema, which names the field.
 */
export type SiteBody = Omit<SiteDraft, 'id' | 'settings'> & { readonly settings: SiteSettings }

export const GROUPS = ['general', 'basis', 'collect', 'pages', 'keep', 'parties', 'score'] as const
export type Group = (typeof GROUPS)[number]

/** Lists that are typed a line each. */
export const LISTS = ['hot', 'sensitive', 'patterns', 'names', 'sources'] as const
export const PARTIES = ['controller', 'contact', 'dataProtectionOfficer', 'authority', 'policy'] as const

export function withGroup(group: Group, was: SiteBody, fields: FormData): unknown {
  const { settings } = was
  const text = (name: string): string => textOf(fields, name)
  const to = (change: Readonly<Record<string, unknown>>) => ({ ...was, settings: { ...settings, ...change } })
  switch (group) {
    case 'general':
      return { ...was, ...generalOf(fields) }
    case 'basis': {
      const { basis, ...change } = { basis: text('basis') as Basis, balancing: balancingOf(fields, settings) }
      return { ...to(change), basis }
    }
    case 'collect': {
      const on = fields.getAll('collect').map(String)
      return to({
        collect: Object.fromEntries(COLLECTED.map((what) => [what, on.includes(what)])),
        kinds: fields.getAll('kinds').map(String),
        journeysFrom: numberOf(text('journeysFrom')),
      })
    }
    case 'pages':
      return to(Object.fromEntries(LISTS.map((name) => [name, linesOf(text(name))])))
    case 'keep':
      return to({
        retention: { ledgerDays: numberOf(text('ledgerDays')), totalsDays: numberOf(text('totalsDays')) },
        release: { bucket: text('bucket'), k: numberOf(text('k')) },
      })
    case 'parties':
      return to({ parties: Object.fromEntries(PARTIES.map((name) => [name, text(name) || null])) })
    case 'score':
      return to({ weights: Object.fromEntries(SCORE_PARTS.map((part) => [part, numberOf(text(part))])) })
  }
}

/** Name, time zone and hosts: also what a new site begins with. */
export function generalOf(fields: FormData) {
  return {
    name: textOf(fields, 'name'),
    timeZone: textOf(fields, 'timeZone'),
    pageHosts: linesOf(textOf(fields, 'pageHosts')),
    endpointHosts: linesOf(textOf(fields, 'endpointHosts')),
  }
}

/** The test on record, or none where nothing is filled in. */
function balancingOf(fields: FormData, { balancing }: SiteSettings) {
  const [confirmedBy = '', date = '', reviewBy = ''] = ['confirmedBy', 'date', 'reviewBy'].map((name) => textOf(fields, name))
  return confirmedBy + date + reviewBy === '' ? null : { template: balancing?.template ?? '1', confirmedBy, date, reviewBy }
}

/** Lines, each once, without empty ones. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split(/[\r\n]+/).map((line) => line.trim()))].filter((line) => line !== '')
}

/** Nothing typed is no number, not 0. */
const numberOf = (text: string): number => (text === '' ? Number.NaN : Number(text))

/** The form's field that a refusal means: `settings.hot.3` is `hot`, `settings.weights.views` is `weights`. */
export function formField(field: string): string {
  const [first = '', second = '', third = ''] = field.split('.')
  if (first !== 'settings') return first
  return ['retention', 'release', 'balancing', 'parties'].includes(second) && third !== '' ? third : second
}
