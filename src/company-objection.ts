/**
 * A company that objected, and who it is: asked by the Worker before it names anybody, and by every build. Shared by the
 * rooms because all must mean the same company; plain data in, a yes, a no or a row out.
 */
import type { CompanyKey } from './words.ts'

export interface CompanyObjection {
  readonly key: CompanyKey
  readonly names: readonly string[]
  /** Its domains; their subdomains are its own too. */
  readonly domains: readonly string[]
}

/** What is asked about: any company record, rule or organisation has it. */
export interface Named {
  readonly key: CompanyKey
  readonly name: string
  readonly domain: string | null
}

export interface Objections {
  /** Whether this company objected, by key, by domain or by name. */
  include(company: Named): boolean
}

export function objectionsOf(list: readonly CompanyObjection[]): Objections {
  const keys = new Set<string>(list.map(({ key }) => key))
  const domains = new Set(list.flatMap((one) => one.domains.map((domain) => domain.toLowerCase())))
  const names = new Set(list.flatMap((one) => one.names.map(plain)))
  return {
    include({ key, name, domain }) {
      if (keys.size === 0) return false
      return keys.has(key) || names.has(plain(name)) || (domain !== null && parents(domain).some((parent) => domains.has(parent)))
    },
  }
}

/** `a.b.example` is a part of `b.example` and of `example`. */
function parents(domain: string): string[] {
  const labels = domain.toLowerCase().split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/** Names are the same whatever their accents, capitals and punctuation. */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** An objection as the database keeps it. */
export interface ObjectionRow extends CompanyObjection {
  /** `YYYY-MM-DD`. */
  readonly created: string
  readonly why: string
  /** `dns` where control of the domain was shown, null where the operator took the company's word. */
  readonly proof: string | null
}

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/
const KEY = /^(?:lei|dom|own):\S{1,200}$/

export interface Objecting {
  readonly word: string
  readonly names: readonly string[]
  readonly domains: readonly string[]
  readonly why: string
  readonly proof: 'dns' | null
  /** What is known under this word, if anything: its name and domain recognise the company under another key too. */
  readonly known: Named | null
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

/** The row, or which word is neither key nor domain. */
export function objectionRow({ word, names, domains, why, proof, known, today }: Objecting): ObjectionRow | { readonly unfit: string } {
  const key = keyOfWord(word)
  const unfit = key === null ? word : domains.find((domain) => !DOMAIN.test(domain.toLowerCase()))
  if (key === null || unfit !== undefined) return { unfit: unfit ?? word }
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
