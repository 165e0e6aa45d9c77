/**
 * A company that objected, and who it is: asked by the Worker before it names anybody, and by every build. Shared by the
 * rooms because both must mean the same company; plain data in, a yes or no out.
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
