/**
 * Pages that hand the visitor's own address to the snippet: in a path, a query, a referrer, a campaign. Shops and
 * customer areas do it. The redactor must take it out again, whatever the address is spelled like.
 */
import { type Spelling, spellings } from './spellings.ts'

/** So short that they are words to everybody; digests and base64 too are not told from other words. Nobody promises those. */
const WORDS: readonly string[] = [
  'base 36',
  '/24 hex, 24 bits',
  '/24 hex, 24 bits, upper case',
  '/24 decimal, 24 bits',
  '/16',
  '/16 masked',
]

/** Every way to write an address, and how it was named. */
export const wandering = (address: string): readonly Spelling[] => spellings(address).filter(({ name }) => !WORDS.includes(name))

const FIELDS = 8

/** The body of a view; each turn another spelling, and when all have had theirs, in another field. */
export function wanderings(address: string, turn: number): Readonly<Record<string, unknown>> {
  const texts = wandering(address)
  const text = texts[turn % texts.length]?.text ?? address
  const fields: readonly Readonly<Record<string, unknown>>[] = [
    { p: `/kunden/${text}` },
    { p: '/produkte', f: `/kunden/${text}/rechnungen` },
    { p: `/a/${encodeURIComponent(text)}/b` },
    { p: `/suche?ip=${text}&q=${address}` },
    { p: `/hilfe#${text}` },
    { p: '/produkte', r: text.slice(0, 253) },
    { p: '/produkte', us: text.slice(0, 64), um: address, uc: text.slice(0, 64) },
    { k: 'download', p: '/produkte', n: `${text.slice(0, 60)}.pdf` },
  ]
  return { k: 'view', p: '/', ...fields[(turn + Math.floor(turn / texts.length)) % FIELDS] }
}
