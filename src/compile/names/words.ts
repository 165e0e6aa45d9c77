/**
 * Names as words that can be compared: `Universität Würzburg`, `Universitaet Wuerzburg` and `UNIVERSITAT WURZBURG` are
 * the same; `KG` and `GmbH` say nothing about who somebody is, and neither does `university`.
 */

/** Legal forms, which two spellings of one name need not share. */
const FORMS = new Set(
  `ag sa se nv bv ab as oy oyj plc llc llp lp inc ltd limited corp corporation co company gmbh kgaa kg ohg spa srl sarl sas sau slu sl
  sro doo dd ooo oao zao pjsc jsc ojsc cjsc pao pt tbk pty pvt private public bhd sdn kk kabushiki kaisha aps asa hf ehf kft zrt nyrt ltda
  eireli me incorporated cv rl ua ev eg na aktiengesellschaft societe anonyme ges mbh joint stock`.split(/\s+/),
)

/** Words that many organisations share; sharing one is no match. */
const COMMON = new Set(
  `the of and for at in on to de la le les des du et der die das und fur von van het en del della delle di da do dos das y e i
  university universitat universite universidad universidade universita universiteit universitet universitetet universitas universitesi
  uniwersytet univerzita college school institute instituto institut institutet hochschule fachhochschule technical technische technischen
  technology technologies tecnica tecnico politecnica politecnico polytechnic ecole national nacional nationale state federal city county
  department ministry government governo gobierno council agency office center centre central centrum research science sciences
  international global group gruppe groupe holding holdings services service systems system solutions information digital it data network
  networks communications telecom bank insurance financial finance capital energy industries industrial health medical management europe
  european america american us usa uk united kingdom states germany deutschland france italia italy spain japan china india canada brasil
  australia swiss switzerland austria nederland netherlands business new north south west east first general royal great association
  foundation society trust board house head quarters labs laboratory one tech technology`.split(/\s+/),
)

/** Lower case, without accents; `ae`, `oe`, `ue` and the letters they stand for become the same on both sides. */
export function fold(text: string): string {
  // Most names are plain, and a registry has millions of them.
  if (PLAIN.test(text))
    return text
      .toLowerCase()
      .replace(/['`.]/g, '')
      .replace(/([aou])e/g, '$1')
  return text
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'l')
    .replaceAll('ı', 'i')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’`.]/g, '')
    .replace(/([aou])e/g, '$1')
}

/** ASCII alone. */
const PLAIN = /^[ -~]*$/

export const wordsOf = (text: string): string[] =>
  fold(text)
    .split(PLAIN.test(text) ? /[^a-z0-9]+/ : /[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Words that say who somebody is: no legal form, no common word, at least two letters. */
export function significantWords(text: string): string[] {
  return wordsOf(text).filter((word) => word.length > 1 && !FOLDED_FORMS.has(word) && !FOLDED_COMMON.has(word))
}

const FOLDED_FORMS = new Set([...FORMS].map(fold))
const FOLDED_COMMON = new Set([...COMMON].map(fold))

/** Words that hold a name together; `University of California at Berkeley` is `University of California, Berkeley`. */
const JOINTS = new Set(['the', 'at', 'in', 'and'])

/** The same for two spellings of one name, in the order of their words: `Washington University` is not `University of Washington`. */
export function nameKey(text: string): string {
  return wordsOf(text)
    .filter((word) => !saysNothing(word))
    .join(' ')
}

/** Whether `nameKey` leaves a folded word out. */
export const saysNothing = (word: string): boolean => FOLDED_FORMS.has(word) || JOINTS.has(word)
