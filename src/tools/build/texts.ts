import { FUNCTION, mark, type Packed } from '../../admin/texts/packed.ts'

/** Packs the dashboard's texts into JSON; see src/admin/texts/index.ts for what a text may be. */
export function packTexts(texts: unknown): Packed {
  if (typeof texts === 'string') return texts
  if (typeof texts === 'function') return { [FUNCTION]: sentences(texts as (...parts: readonly string[]) => unknown) }
  if (Array.isArray(texts)) return texts.map(packTexts)
  if (typeof texts !== 'object' || texts === null) throw new Error('A text is neither words nor a function of words.')
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, packTexts(value)]))
}

/** What a function says for any parts, and for those of which there is one. */
function sentences(text: (...parts: readonly string[]) => unknown): Record<string, Packed> {
  const parts = Array.from({ length: text.length }, (_, number) => number)
  const any = said(text(...parts.map(mark)))
  const found: Record<string, Packed> = { '': any }
  for (let subset = 1; subset < 2 ** parts.length; subset += 1) {
    const ones = parts.filter((part) => (subset >> part) & 1)
    const one = said(text(...parts.map((part) => (ones.includes(part) ? '1' : mark(part)))))
    if (JSON.stringify(one) !== JSON.stringify(withOnes(any, ones))) found[ones.join('')] = one
  }
  return found
}

function said(text: unknown): Packed {
  const packed = packTexts(text)
  if (JSON.stringify(packed).includes(JSON.stringify(FUNCTION))) throw new Error('A text is a function that answers a function.')
  return packed
}

function withOnes(packed: Packed, ones: readonly number[]): Packed {
  return ones.reduce<Packed>((filled, part) => JSON.parse(JSON.stringify(filled).replaceAll(mark(part), '1')), packed)
}
