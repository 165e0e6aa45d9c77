/**
 * Pages that hand the visitor's own address to the snippet: in a path, a query, a referrer, a campaign. Shops and
 * customer areas do it. The redactor must take it out again, whatever the address is spelled like.
 */
import { spellings } from './spellings.ts'

/** Spellings that occur in paths; digests and base64 there are not told from other words, so nobody promises them. */
const IN_PATHS = [
  'dotted',
  'dotted, URL-encoded',
  'dashed',
  'decimal',
  'hex',
  'mapped, dotted',
  'in-addr.arpa',
  'compressed',
  'expanded',
  'URL-encoded',
  'expanded, URL-encoded',
  'hex with colons',
  'dotted tail',
]

/** The body of a view; turn by turn the address wanders from field to field. */
export function wanderings(address: string, turn: number): Readonly<Record<string, unknown>> {
  const texts = spellings(address).filter(({ name }) => IN_PATHS.includes(name))
  const text = texts[turn % texts.length]?.text ?? address
  const fields: readonly Readonly<Record<string, unknown>>[] = [
    { p: `/kunden/${text}` },
    { p: `/suche?ip=${text}&q=${address}` },
    { p: `/hilfe#${text}` },
    { p: '/produkte', f: `/kunden/${text}/rechnungen` },
    { p: '/produkte', r: address },
    { p: '/produkte', us: text.slice(0, 64), um: address, uc: text.slice(0, 64) },
    { k: 'download', p: '/produkte', n: `${address}.pdf` },
    { p: `/a/${encodeURIComponent(text)}/b` },
  ]
  return { k: 'view', p: '/', ...fields[turn % fields.length] }
}
