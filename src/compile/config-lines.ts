/**
 * Finds the line of a TOML file on which a value stands. The parser does not say, and a checked value no longer
 * knows; so the table headers and keys are looked for again, in the plain shape that this file has.
 */

/**
 * @param path of the value, such as `['source', 1, 'fields', 'name']`
 * @returns its line; where the value is missing the line of its table; null when that is not there either.
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number | null {
  const wanted = path.filter((step, index) => typeof step === 'string' || index === 1)
  let best: number | null = null
  let depth = 0
  const table: PropertyKey[] = []
  const counts = new Map<string, number>()
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    const header = /^(\[\[?)([\w.-]+)\]\]?/.exec(line)
    if (header) enter(table, header[1] === '[[', header[2] ?? '', counts)
    else if (!/^["']?[\w-]+["']?\s*=/.test(line)) continue
    const key = header ? [] : [/^["']?([\w-]+)/.exec(line)?.[1] ?? '']
    const shared = agreement([...table, ...key], wanted)
    if (shared > depth) {
      depth = shared
      best = index + 1
    }
  }
  return best
}

/** Changes `table` into the path of the table that the header opens; `[[source]]` counts up, `[source.fields]` stays in it. */
function enter(table: PropertyKey[], isList: boolean, name: string, counts: Map<string, number>): void {
  const [first = '', ...more] = name.split('.')
  if (isList && more.length === 0) counts.set(first, (counts.get(first) ?? -1) + 1)
  const count = counts.get(first)
  table.splice(0, table.length, first, ...(count === undefined ? [] : [count]), ...more)
}

/** How many steps both have in common; 0 when the shorter one of them leads elsewhere. */
function agreement(path: readonly PropertyKey[], wanted: readonly PropertyKey[]): number {
  const length = Math.min(path.length, wanted.length)
  for (let step = 0; step < length; step++) if (path[step] !== wanted[step]) return 0
  return length
}
