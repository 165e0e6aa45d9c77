/**
 * Texts as JSON. A function of parts is kept as what it says, with a mark where each part goes; where it says something
 * else for one of a thing, that is kept beside it. src/tools/build/texts.ts packs.
 */
export type Packed = string | readonly Packed[] | { readonly [name: string]: Packed }

/** Name under which a function's sentences stand: `''` for any parts, `'0'` where the first part is 1, `'01'` for both. */
export const FUNCTION = '()'

/** Where the part of this number goes; brackets that stand in no text. */
export const mark = (part: number): string => `⟦${part}⟧`

export function unpack(packed: Packed): unknown {
  if (typeof packed === 'string') return packed
  if (Array.isArray(packed)) return packed.map(unpack)
  if (!isFunction(packed)) return Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, unpack(value)]))
  const sentences = packed[FUNCTION]
  // Parts that change the sentence where they are one.
  const counted = new Set(Object.keys(sentences).join(''))
  return (...parts: readonly string[]): unknown => {
    const ones = parts.flatMap((part, number) => (part === '1' && counted.has(String(number)) ? [number] : [])).join('')
    return fill(sentences[ones] ?? sentences[''] ?? '', parts)
  }
}

const isFunction = (packed: Packed): packed is { readonly [FUNCTION]: Readonly<Record<string, Packed>> } =>
  typeof packed === 'object' && FUNCTION in packed

function fill(packed: Packed, parts: readonly string[]): unknown {
  if (typeof packed === 'string') return packed.replace(/⟦(\d)⟧/g, (_, number: string) => parts[Number(number)] ?? '')
  if (Array.isArray(packed)) return packed.map((each) => fill(each, parts))
  return Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, fill(value, parts)]))
}
