/**
 * An objection as the database keeps it, made of what the operator typed and of what the latest build knows under the
 * same key or domain: its names, so that the company is recognised under another key too.
 */
import type { ObjectionRow } from '../../ledger/objections.ts'
import type { CompanyKey, CompanyRecord } from '../../words.ts'

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/
const KEY = /^(?:lei|dom|own):\S{1,200}$/

export interface Objecting {
  readonly word: string
  readonly names: readonly string[]
  readonly domains: readonly string[]
  readonly why: string
  readonly proof: 'dns' | null
  /** What the latest build lists under this word, if anything. */
  readonly known: CompanyRecord | null
  /** `YYYY-MM-DD`. */
  readonly today: string
}

/** The key a word means: a key itself, or a domain's; null when it is neither. */
export function keyOfWord(word: string): CompanyKey | null {
  if (KEY.test(word)) return word as CompanyKey
  const domain = word
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '')
  return DOMAIN.test(domain) ? (`dom:${domain}` as CompanyKey) : null
}

export const domainOfKey = (key: CompanyKey): string | null => (key.startsWith('dom:') ? key.slice(4) : null)

/** The row, or the sentence that says what is wrong. */
export function objectionRow({ word, names, domains, why, proof, known, today }: Objecting): ObjectionRow | string {
  const key = keyOfWord(word)
  if (key === null) return `"${word}" is neither a domain nor a company key such as dom:example.com.`
  const wrong = domains.find((domain) => !DOMAIN.test(domain.toLowerCase()))
  if (wrong !== undefined) return `"${wrong}" is no domain.`
  const all = [domainOfKey(key), known?.domain ?? null, ...domains.map((domain) => domain.toLowerCase())].filter(
    (domain) => domain !== null,
  )
  return {
    key: known?.key ?? key,
    names: [...new Set([...(known === null ? [] : [known.name]), ...names])],
    domains: [...new Set(all)],
    why: why.trim(),
    created: today,
    proof,
  }
}
