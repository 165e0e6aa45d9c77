/**
 * Packs a generated text for the Worker: its lines with marks in place of values, and in which cases each line stands.
 * The text itself is run, once for every basis and every combination of the switches it asks about, so that nothing here
 * knows what any of them says.
 */

import { SITE_DEFAULTS } from '../../ledger/settings.ts'
import type { Language } from '../../privacy/language.ts'
import { manifestOf } from '../../privacy/manifest.ts'
import { caseOf, mark, type PackedPaper, valuesOf } from '../../privacy/papers.ts'
import { framed } from '../../privacy/texts/frame.ts'
import { type Facts, PARTIES, type Party, readFacts, type Text } from '../../privacy/texts/text.ts'
import { BASES, type Basis } from '../../words.ts'

export function packPaper(text: Text, language: Language): PackedPaper {
  const asks = switchesOf(text, language)
  const lines: { readonly line: string; readonly cases: Set<number> }[] = []
  for (const basis of BASES) {
    for (let on = 0; on < 2 ** asks.length; on++) {
      const isOn = (what: string): boolean => ((on >> asks.indexOf(what)) & 1) === 1
      merge(lines, written(text, basis, isOn, language), caseOf(basis, asks, isOn))
    }
  }
  const all = BASES.length * 2 ** asks.length
  return {
    needs: text.needs,
    unfit: Object.fromEntries(BASES.flatMap((basis) => unfitFor(text, basis))),
    asks,
    lines: lines.map(({ line, cases }) => (cases.size === all ? line : [line, hexOf(cases, all)])),
  }
}

function unfitFor(text: Text, basis: Basis): (readonly [Basis, string])[] {
  const why = text.unfit?.(marked(basis, () => false).manifest) ?? null
  return why === null ? [] : [[basis, why]]
}

/** Which switches the text asks about, whatever the others are. */
function switchesOf(text: Text, language: Language): string[] {
  const asked = new Set<string>()
  for (let before = -1; before < asked.size; ) {
    before = asked.size
    const known = [...asked]
    for (const basis of BASES) {
      for (let on = 0; on < 2 ** known.length; on++) {
        const isOn = (what: string): boolean => {
          asked.add(what)
          return known.includes(what) && ((on >> known.indexOf(what)) & 1) === 1
        }
        written(text, basis, isOn, language)
      }
    }
  }
  return [...asked].sort()
}

function written(text: Text, basis: Basis, isOn: (what: string) => boolean, language: Language): string[] {
  const facts = marked(basis, isOn)
  return framed(text.title[language], facts, language, text.body[language](facts)).match(/[^\n]*\n+/g) ?? []
}

/** Facts of no site: every value is its own mark. */
function marked(basis: Basis, isOn: (what: string) => boolean): Facts {
  const marks = Object.fromEntries(Object.keys(valuesOf(readFacts(NOBODY, 'en'))).map((name) => [name, mark(name)]))
  const of = (name: string): string => marks[name] ?? ''
  const { manifest } = NOBODY
  return {
    manifest: {
      ...manifest,
      site: {
        ...manifest.site,
        basis,
        id: of('id'),
        name: of('name'),
        balancingTest: { date: of('tested'), reviewBy: of('reviewBy'), template: of('template') },
      },
    },
    date: of('date'),
    parties: Object.fromEntries(PARTIES.map((party) => [party, of(party)])) as Record<Party, string>,
    pages: of('pages'),
    endpoint: of('endpoint'),
    optOut: of('optOut'),
    consent: basis === 'consent',
    confirmedBy: of('confirmedBy'),
    collects: isOn,
    switchedOn: of('switchedOn'),
    kinds: of('kinds'),
    journeysFrom: of('journeysFrom'),
    tableSources: of('tableSources'),
    ledger: of('ledger'),
    totals: of('totals'),
  }
}

const NOBODY = {
  manifest: manifestOf(
    { id: 'nobody', name: 'nobody', basis: 'consent', timeZone: 'UTC', settings: SITE_DEFAULTS },
    { retention: SITE_DEFAULTS.retention, stated: { commit: null, bundle: null, proof: null }, table: null },
  ),
  date: '',
  pageHosts: [],
  endpointHosts: [],
  confirmedBy: null,
} as const

/**
 * Adds the lines of one case to those of all, so that the lines of each case alone read in their order. Along the
 * longest common sequence; where two cases go apart both parts stand, one behind the other.
 */
function merge(all: { readonly line: string; readonly cases: Set<number> }[], text: readonly string[], number: number): void {
  const lengths = Array.from({ length: all.length + 1 }, () => new Uint16Array(text.length + 1))
  const length = (left: number, right: number): number => lengths[left]?.[right] ?? 0
  for (let left = all.length - 1; left >= 0; left--) {
    for (let right = text.length - 1; right >= 0; right--) {
      const row = lengths[left]
      if (row === undefined) continue
      row[right] =
        all[left]?.line === text[right] ? length(left + 1, right + 1) + 1 : Math.max(length(left + 1, right), length(left, right + 1))
    }
  }
  let left = 0
  for (let right = 0; right < text.length; ) {
    const known = all[left]
    if (known !== undefined && known.line === text[right]) {
      known.cases.add(number)
      left++
      right++
    } else if (known !== undefined && length(left + 1, right) >= length(left, right + 1)) left++
    else {
      all.splice(left, 0, { line: text[right] ?? '', cases: new Set([number]) })
      // The lengths belong to the lines as they were: behind an insertion the walk goes on with the same ones.
      lengths.splice(left, 0, lengths[left] ?? new Uint16Array(text.length + 1))
      left++
      right++
    }
  }
}

function hexOf(cases: ReadonlySet<number>, all: number): string {
  return Array.from({ length: Math.ceil(all / 4) }, (_, digit) =>
    [0, 1, 2, 3].reduce((sum, bit) => sum + (cases.has(digit * 4 + bit) ? 2 ** bit : 0), 0).toString(16),
  ).join('')
}
