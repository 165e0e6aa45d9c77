/**
 * Packs the suffix list of tldts for the Worker. Its own form is an eighth of the Worker: the labels stand in the order of
 * their hashes, which no compressor likes, beside arrays that say where each begins. Sorted and nested they are two thirds
 * of that, and rules of one label are not needed: without any the last label is the suffix all the same.
 */

import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as z from 'zod'

const numbers = z.custom<ArrayLike<number>>((value) => ArrayBuffer.isView(value) || Array.isArray(value))
const Trie = z.object({
  nodeFlags: numbers,
  edgeChild: numbers,
  edgeLength: numbers,
  edgeStart: numbers,
  labelText: z.string(),
  rulesRoot: z.number(),
  exceptionsRoot: z.number(),
})

const FILE = resolve(import.meta.dirname, '../../../node_modules/tldts-icann/dist/es6/src/data/trie.js')

/** Every rule of the list as it is written there: `co.uk`, `*.ck`, `!www.ck`. */
export async function suffixRules(file: string = join(FILE)): Promise<readonly string[]> {
  const { nodeFlags, edgeChild, edgeLength, edgeStart, labelText, rulesRoot, exceptionsRoot } = Trie.parse(
    await import(pathToFileURL(file).href),
  )
  const begins: number[] = []
  for (let edge = 0, begin = 0; edge < edgeLength.length; edge++) {
    begins.push(begin)
    begin += edgeLength[edge] ?? 0
  }
  const below = (node: number, right: string): string[] => {
    const rules: string[] = []
    for (let edge = edgeStart[node] ?? 0; edge < (edgeStart[node + 1] ?? 0); edge++) {
      const begin = begins[edge] ?? 0
      const rule = labelText.slice(begin, begin + (edgeLength[edge] ?? 0)) + right
      const child = edgeChild[edge] ?? 0
      if ((nodeFlags[child] ?? 0) !== 0) rules.push(rule)
      rules.push(...below(child, `.${rule}`))
    }
    return rules
  }
  return [...below(rulesRoot, ''), ...below(exceptionsRoot, '').map((rule) => `!${rule}`)]
}

interface Labels extends Map<string, { rule: boolean; readonly below: Labels }> {}

/** `jp(kobe~(!city *) …) uk(co …)`: labels from the right, those below in brackets, `~` behind one that is no rule itself. */
export function packSuffixes(rules: readonly string[]): string {
  const top: Labels = new Map()
  for (const rule of rules) {
    const labels = rule.replace('!', '').split('.').reverse()
    if (labels.length === 1) continue
    let at = top
    for (const [place, label] of labels.entries()) {
      const last = place === labels.length - 1
      const name = last && rule.startsWith('!') ? `!${label}` : label
      const known = at.get(name) ?? { rule: false, below: new Map() }
      at.set(name, known)
      if (last) known.rule = true
      at = known.below
    }
  }
  const written = (labels: Labels, depth: number): string =>
    [...labels]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([label, { rule, below }]) =>
          `${label}${rule || depth === 0 ? '' : '~'}${below.size === 0 ? '' : `(${written(below, depth + 1)})`}`,
      )
      .join(' ')
  return written(top, 0)
}

export async function suffixModule(): Promise<string> {
  return `/**
 * Written by \`npm run build\` from the public suffix list in tldts-icann; src/public-suffix.ts says how it is read. The list
 * is of https://publicsuffix.org and under the Mozilla Public License 2.0, https://mozilla.org/MPL/2.0/ .
 */
export const SUFFIXES =
  '${packSuffixes(await suffixRules())}'
`
}
