import { BASES } from '../words.ts'
import type { Language } from './language.ts'
import type { Written } from './texts/catalogue.ts'
import { BLANK, type Facts, type Party, readFacts, type TextSource } from './texts/text.ts'

/**
 * The generated texts without their sentences: those are 28 kB gzipped, a fifth of the Worker, and are asked for once a
 * quarter. The build runs every text with a mark in place of each value, for every way in which the site's basis and
 * switches shape it, and packs the lines (src/tools/build/papers.ts); here they are filled in. A test compares the
 * result with the text itself, for sites of all kinds.
 */
export interface PackedPaper {
  readonly needs: readonly Party[]
  /** Why it does not fit a site of this basis. */
  readonly unfit: Readonly<Record<string, string>>
  /** Switches of collection that shape it. */
  readonly asks: readonly string[]
  /** Lines with their breaks; a second part says in which cases a line stands, one bit each, in hex digits. */
  readonly lines: readonly (string | readonly [line: string, cases: string])[]
}

/** Where a value goes. */
export const mark = (name: string): string => `⟦${name}⟧`

/** What the marks stand for. */
export function valuesOf(facts: Facts): Readonly<Record<string, string>> {
  const { site } = facts.manifest
  const { parties, pages, endpoint, optOut, confirmedBy, switchedOn, kinds, journeysFrom, tableSources, ledger, totals, date } = facts
  const { date: tested = BLANK, reviewBy = BLANK, template = BLANK } = site.balancingTest ?? {}
  return {
    ...parties,
    id: site.id,
    name: site.name,
    pages,
    endpoint,
    optOut,
    confirmedBy,
    switchedOn,
    kinds,
    journeysFrom,
    tableSources,
    ledger,
    totals,
    date,
    tested,
    reviewBy,
    template,
  }
}

/** Number of the case a site is: its basis, and which of the switches that are asked about are on. */
export function caseOf(basis: (typeof BASES)[number], asks: readonly string[], isOn: (what: string) => boolean): number {
  return BASES.indexOf(basis) + BASES.length * asks.reduce((sum, what, place) => sum + (isOn(what) ? 2 ** place : 0), 0)
}

/** The text, or which fields of the site it lacks, or why it does not fit the site. */
export function fillPaper({ needs, unfit, asks, lines }: PackedPaper, source: TextSource, language: Language): Written {
  const { site } = source.manifest
  const facts = readFacts(source, language)
  const values = { ...valuesOf(facts), date: language === 'de' ? source.date.split('-').reverse().join('.') : source.date }
  const why = unfit[site.basis]
  if (why !== undefined) return { unfit: filled(why, values) }
  const missing = needs.filter((party) => site.parties[party] === null)
  if (missing.length > 0) return { missing }
  const wanted = caseOf(site.basis, asks, facts.collects)
  const stands = (cases: string): boolean => ((Number.parseInt(cases[Math.floor(wanted / 4)] ?? '0', 16) >> (wanted % 4)) & 1) === 1
  return {
    text: lines.map((line) => (typeof line === 'string' ? filled(line, values) : stands(line[1]) ? filled(line[0], values) : '')).join(''),
  }
}

/** In a row of a table a bar or a line break would end the cell. */
function filled(line: string, values: Readonly<Record<string, string>>): string {
  const cell = line.startsWith('|')
  return line.replace(/⟦(\w+)⟧/g, (_, name: string) => {
    const value = values[name] ?? BLANK
    return cell ? value.replaceAll('|', '\\|').replaceAll('\n', ' ') : value
  })
}
