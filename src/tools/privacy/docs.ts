/**
 * The generated parts of docs/privacy.md (between markers) and the forms in docs/privacy/. A test compares them with
 * what this file makes, so that the page cannot fall behind the code.
 */
import { RETENTION } from '../../ledger/retention.ts'
import { SITE_DEFAULTS } from '../../ledger/settings.ts'
import type { Language } from '../../privacy/language.ts'
import { manifestOf } from '../../privacy/manifest.ts'
import { PROMISES } from '../../privacy/promises.ts'
import { STORED, type StoredTable } from '../../privacy/stored.ts'
import { blankForm } from '../../privacy/texts/catalogue.ts'
import { LIMITS } from '../../privacy/texts/limits.ts'
import { bullets, type TextSource, table } from '../../privacy/texts/text.ts'
import { RELEASE } from '../../release.ts'

export const PAGE = 'docs/privacy.md'

const SECTIONS: Readonly<Record<string, () => string>> = {
  promises: () =>
    table(
      ['id', 'promise', 'proved by'],
      PROMISES.map(({ id, title, says, provedBy }) => [
        `**${id}**`,
        `**${title.en}** ${says.en}`,
        provedBy.map((where) => `\`${where}\``).join(', '),
      ]),
    ),
  stored: () => STORED.map(storedTable).join('\n\n'),
  'limits en': () => bullets(...LIMITS.map((limit) => limit.en)),
  'limits de': () => bullets(...LIMITS.map((limit) => limit.de)),
}

/** The page with its generated sections made anew. @throws Error when a marker is missing. */
export function withSections(page: string): string {
  let made = page
  for (const [name, write] of Object.entries(SECTIONS)) {
    const marked = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(\n<!-- end -->)`)
    if (!marked.test(made)) throw new Error(`${PAGE} has no section "${name}".`)
    made = made.replace(marked, (_all, begin: string, end: string) => `${begin}\n${write()}\n${end}`)
  }
  return made
}

function storedTable({ table: name, about, purpose, kept, columns }: StoredTable): string {
  const carried = (place: string) => (CARRIED[place] === undefined ? '' : ` (${CARRIED[place]})`)
  const rows = Object.entries(columns).map(([column, what]) => [`\`${column}\``, `${what}${carried(`${name}.${column}`)}`])
  return `**\`${name}\`** (${about}): ${purpose}${carried(name)}. Kept: ${KEPT[kept] ?? kept}.\n\n${table(['column', 'what it holds'], rows)}`
}

/** The promise behind a sentence of `stored.ts` that says never or only, unless it names the id itself. */
const CARRIED: Readonly<Record<string, string>> = {
  'company_day.forms': 'P3',
  'companies.country': 'P3',
  'companies.receipt': 'P2',
  'site_totals.dimension': 'P5',
  rules: 'P2',
}

const KEPT: Readonly<Record<string, string>> = {
  ledger: `${RETENTION.ledgerDays} days`,
  totals: `${RETENTION.totalsDays} days (13 months)`,
}

/** Path and text of each form in docs/privacy/: the balancing test is needed before there is a site on that basis. */
export function forms(): readonly { readonly path: string; readonly text: string }[] {
  const path = { en: 'docs/privacy/balancing.md', de: 'docs/privacy/balancing.de.md' } as const
  return (['en', 'de'] as const satisfies readonly Language[]).map((language) => ({
    path: path[language],
    text: blankForm('balancing', NO_SITE, language),
  }))
}

/** No site yet: every field is left for the pen, every kind of collection is on. */
const NO_SITE: TextSource = {
  manifest: manifestOf(
    { id: 'site', name: 'example', basis: 'legitimate-interest', timeZone: 'Europe/Berlin', settings: SITE_DEFAULTS },
    { retention: RETENTION, stated: { commit: null, bundle: null, proof: null }, table: null },
  ),
  date: RELEASE.date,
  pageHosts: [],
  endpointHosts: [],
  confirmedBy: null,
}
