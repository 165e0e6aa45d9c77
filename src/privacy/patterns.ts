/**
 * Paths the operator marks collapse to their pattern: `/customers/:name` turns `/customers/anna-schmidt` into itself,
 * so that a name in a path is never stored. A pattern that ends in `/*` covers everything below it as well.
 */
export function collapse(path: string, patterns: readonly string[]): string {
  const segments = path.split('/')
  return patterns.find((pattern) => covers(pattern.split('/'), segments)) ?? path
}

function covers(pattern: readonly string[], segments: readonly string[]): boolean {
  const open = pattern.at(-1) === '*'
  const fixed = open ? pattern.slice(0, -1) : pattern
  if (open ? segments.length < fixed.length : segments.length !== fixed.length) return false
  return fixed.every((part, at) => {
    const segment = segments[at] ?? ''
    return part.startsWith(':') ? segment !== '' : part.toLowerCase() === segment.toLowerCase()
  })
}
