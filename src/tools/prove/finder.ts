/** Searches pieces of evidence for all secrets at once and remembers what it found where. */
import type { Form } from './forms.ts'
import type { PlaceId } from './places.ts'
import { prepareSearch, type Search } from './search.ts'
import type { Secret } from './secrets.ts'

/** Bytes of one place; `where` names them so that a person finds the spot. */
export interface Evidence {
  readonly place: PlaceId
  readonly where: string
  readonly bytes: Uint8Array
}

export interface Find {
  readonly place: PlaceId
  readonly where: string
  readonly secret: string
  /** Names of the forms, the plainest first. */
  readonly forms: readonly string[]
}

export interface Owner {
  readonly secret: Secret
  readonly form: Form
}

/** Owners and patterns; several finders can share them. */
export interface Prepared {
  readonly secrets: readonly Secret[]
  readonly owners: readonly Owner[]
  readonly search: Search
}

export function prepare(secrets: readonly Secret[]): Prepared {
  const owners = secrets.flatMap((secret) => secret.forms.map((form) => ({ secret, form })))
  return { secrets, owners, search: prepareSearch(owners.map(({ form }) => form.patterns)) }
}

export class Finder {
  readonly owners: readonly Owner[]
  readonly patterns: number
  readonly #search: Search
  readonly #found = new Map<PlaceId, Map<string, Set<number>>>()
  readonly #searched = new Map<PlaceId, { bytes: number; pieces: number }>()

  constructor({ owners, search }: Prepared) {
    this.owners = owners
    this.patterns = search.patterns
    this.#search = search
  }

  look({ place, where, bytes }: Evidence): void {
    const tally = this.#searched.get(place) ?? { bytes: 0, pieces: 0 }
    this.#searched.set(place, { bytes: tally.bytes + bytes.length, pieces: tally.pieces + 1 })
    this.#scan(place, where, bytes)
    const plain = unescaped(bytes)
    if (plain !== null) this.#scan(place, where, plain)
  }

  #scan(place: PlaceId, where: string, bytes: Uint8Array): void {
    this.#search.scan(bytes, (owner, _at, { brief }) => {
      // Traces are text, in which raw bytes look otherwise, and thousands of times to the nanosecond, among which chance finds four bytes.
      if (brief === true && place === 'observability') return
      const spots = this.#found.get(place) ?? new Map<string, Set<number>>()
      this.#found.set(place, spots)
      const owners = spots.get(where) ?? new Set()
      spots.set(where, owners.add(owner))
    })
  }

  searched(place: PlaceId): { readonly bytes: number; readonly pieces: number } {
    return this.#searched.get(place) ?? { bytes: 0, pieces: 0 }
  }

  /** Numbers of the owners found in a place, wherever in it. */
  foundIn(place: PlaceId): ReadonlySet<number> {
    return new Set([...(this.#found.get(place)?.values() ?? [])].flatMap((owners) => [...owners]))
  }

  finds(): readonly Find[] {
    const finds: Find[] = []
    for (const [place, spots] of this.#found) {
      for (const [where, owners] of spots) {
        const forms = new Map<string, string[]>()
        for (const owner of [...owners].sort((a, b) => a - b)) {
          const { secret, form } = this.owners[owner] ?? {}
          if (secret && form) forms.set(secret.name, [...(forms.get(secret.name) ?? []), form.name])
        }
        for (const [secret, names] of forms) finds.push({ place, where, secret, forms: names })
      }
    }
    return finds
  }
}

const ESCAPED = /\\(?:u00([0-9a-f]{2})|(["\\/bfnrt]))/g
const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** What JSON wrote with backslashes, without them; null where there are none. */
function unescaped(bytes: Uint8Array): Uint8Array | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!buffer.includes('\\')) return null
  const text = buffer.toString('latin1')
  const plain = text.replace(ESCAPED, (_, code: string | undefined, character: string | undefined) =>
    code !== undefined ? String.fromCharCode(Number.parseInt(code, 16)) : (CONTROLS[character ?? ''] ?? character ?? ''),
  )
  return plain === text ? null : Buffer.from(plain, 'latin1')
}
