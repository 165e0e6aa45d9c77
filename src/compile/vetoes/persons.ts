/**
 * Whether a name is a person's. Registries hold thousands of networks in the names of natural persons; none of them is
 * a company. A legal form or any word that only organisations have makes it an organisation's name ("Otto GmbH").
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fold, wordsOf } from '../names/words.ts'
import { legalFormOf } from './legal-forms.ts'

export const GIVEN_NAMES = fileURLToPath(new URL('../../../data/given-names.txt', import.meta.url))

let names: ReadonlySet<string> | null = null

function givenNames(): ReadonlySet<string> {
  names ??= new Set(
    readFileSync(GIVEN_NAMES, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap(wordsOf),
  )
  return names
}

const TITLE = /^(?:(?:Dr|Prof|Mr|Mrs|Ms|Ing|Dipl|Mag|Sig)\b\.?|Frau|Herr|Don)\s+/
/** Four words and a title are the longest that persons' names are in registries. */
const MOST_WORDS = 4

/** `Conrado Cagnoli`, `Müller, Hans`, `Dr. Anna Weber`; not `Otto Versand GmbH`, not `Los Angeles`. */
export function isPersonName(name: string): boolean {
  // `Ministerstwo IT - Michal Winkler`: a trade name and who is behind it.
  const [whole, ...more] = name.split(' - ')
  // Behind the hyphen a given name comes first: `Eau Claire` and `Port Arthur` are a university's towns.
  if (more.length > 0)
    return isPersonName(whole ?? '') || more.some((part) => isPersonName(part) && givenNames().has(wordsOf(part)[0] ?? ''))
  if (legalFormOf(name)?.group === 'legal-person' || /[&/@\d]/.test(name)) return false
  const titled = TITLE.test(name)
  const words = wordsOf(name.replace(TITLE, ''))
  if (words.length < 2 || words.length > MOST_WORDS) return titled && words.length === 1
  if (words.some((word) => ORGANISATIONAL.has(word))) return false
  const known = givenNames()
  const comma = name.includes(',')
  // The given name comes first; after a comma, and in Hungary and East Asia, it comes last.
  return known.has(words[0] ?? '') || (comma && known.has(words[1] ?? '')) || (words.length <= 3 && known.has(words.at(-1) ?? ''))
}

/** Words that no person is called. */
const ORGANISATIONAL = new Set(
  `university universitat universidad universite universita college school institute institut instituto academy hospital bank group company
  schools colleges municipality municipal obshtina kommune kommun
  council county city town state government ministry department agency authority commission foundation trust association society club
  systems solutions technologies technology software services consulting media press news radio television industries international
  global network networks telecom communications internet online hosting cloud data digital energy power insurance partners capital
  holding holdings airlines airport railway museum library laboratory labs center centre office house stores foods motors enterprises
  brothers sons associates firm versand verlag werke stadtwerke stadt kreis landkreis gemeinde land bundesamt of the and for und et y
  memorial project team design studio studios pharma electric electronics engineering logistics transport construction`
    .split(/\s+/)
    .map(fold),
)
