/** German and English; a visitor's pages come in the first of the two that the browser asks for. */
export type Language = 'de' | 'en'

/** `chosen` (of a link) wins over Accept-Language. The header itself is not kept (P2). */
export function readLanguage(chosen: string | null, accepted: string | null): Language {
  if (chosen === 'de' || chosen === 'en') return chosen
  const ranked = (accepted ?? '')
    .split(',')
    .map((part, at) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find((q) => q !== undefined)
      return { language: tag.split('-')[0], quality: Number(quality ?? 1), at }
    })
    .filter(({ language, quality }) => (language === 'de' || language === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.at - b.at)
  return ranked[0]?.language === 'de' ? 'de' : 'en'
}
