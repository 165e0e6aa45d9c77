/**
 * Country names, in English or in a country's own code, as ISO 3166-1 alpha-2. The names are those of the Unicode
 * CLDR that Node carries, so nobody here keeps a list of countries; a few that registers write otherwise are added.
 */
const names = new Map<string, string>()
const codes = new Set<string>()

/** Spellings of People Data Labs and Wikidata that CLDR has otherwise. */
const OTHER = {
  'united states of america': 'US', 'czech republic': 'CZ', turkey: 'TR', 'south korea': 'KR', 'republic of korea': 'KR', russia: 'RU',
  "people's republic of china": 'CN', 'hong kong': 'HK', macau: 'MO', 'the netherlands': 'NL', 'kingdom of the netherlands': 'NL',
  "côte d'ivoire": 'CI', 'ivory coast': 'CI', vietnam: 'VN', 'bosnia and herzegovina': 'BA', 'trinidad and tobago': 'TT',
  'republic of ireland': 'IE', 'myanmar': 'MM', 'palestine': 'PS', 'democratic republic of the congo': 'CD', 'saint lucia': 'LC',
} // biome-ignore format: a word list reads better in lines than in a column

function load(): void {
  const display = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (let first = 65; first <= 90; first++) {
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second)
      const name = RESERVED.has(code) ? undefined : display.of(code)
      if (name !== undefined) names.set(name.toLowerCase().replace('&', 'and'), code)
    }
  }
  for (const [name, code] of Object.entries(OTHER)) names.set(name, code)
  for (const code of names.values()) codes.add(code)
}
/** Codes with a name that are no country. */
const RESERVED = new Set([
  'EU',
  'EZ',
  'UN',
  'ZZ',
  'XA',
  'XB',
  'QO',
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'IC',
  'TA',
  'UK',
  'DD',
  'SU',
  'YU',
  'FX',
  'BU',
  'ZR',
  'TP',
  'AN',
  'CS',
  'NT',
])

/** Null for what is no country. */
export function countryCode(text: string): string | null {
  if (names.size === 0) load()
  const plain = text.trim()
  if (/^[A-Z]{2}$/.test(plain)) return codes.has(plain) ? plain : null
  return names.get(plain.toLowerCase()) ?? null
}
