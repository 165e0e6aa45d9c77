/**
 * Positive evidence that a range belongs to an organisation. An organisation is in the table because something
 * says so, never because it is not known to be a provider (P4).
 *
 * Today there is one kind of evidence, the curated list; each later kind (operator's list, register match, vendor
 * type) becomes one more entry here with its own confidence, and nothing else of the compiler changes.
 */
import type { Organisation } from './organisation.ts'
import { vetoedNetwork } from './vetoes.ts'

export interface Evidence {
  /** What a receipt says. */
  readonly text: string
  /** 0 … 100; an organisation is listed at `LISTED_AT` or more. */
  readonly confidence: number
}

export const LISTED_AT = 60

export const EVIDENCE = {
  /** A person checked the number against the AS name, but not with the company: high, not certain. */
  curated: { text: "curated list names the company's own network", confidence: 75 },
} as const satisfies Record<string, Evidence>

/** Index into `organisations` of the owner of each AS that may list somebody; vetoed networks are not in it. */
export function ownersByAsn(organisations: readonly Organisation[]): Map<number, number> {
  const owners = new Map<number, number>()
  if (EVIDENCE.curated.confidence < LISTED_AT) return owners
  organisations.forEach((organisation, index) => {
    for (const asn of organisation.asns) if (vetoedNetwork(asn) === null) owners.set(asn, index)
  })
  return owners
}
