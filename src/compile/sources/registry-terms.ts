/**
 * What the registries forbid. Each publishes its register for running networks, and each says that it is not for
 * marketing; whether recognising companies on a website is, is for the operator to decide and to answer for.
 *
 * So no file of a registry is read before the operator has named the registry with `--accept-terms`, and the
 * manifest, which anyone can read, says that it was accepted. It is no setting in a file: nobody accepts terms by
 * copying somebody else's configuration.
 */
import { SourceError } from './source.ts'

export const REGISTRIES = ['ripe', 'arin', 'apnic', 'afrinic'] as const
export type Registry = (typeof REGISTRIES)[number]

export interface RegistryTerms {
  readonly owner: string
  readonly document: string
  readonly term: string
  readonly url: string
}

export const TERMS: Readonly<Record<Registry, RegistryTerms>> = {
  ripe: {
    owner: 'RIPE NCC',
    document: 'RIPE Database Terms and Conditions, Article 4.4',
    term: 'Users may not use the RIPE Database or the data contained therein for advertising, direct marketing, marketing research or similar purposes.',
    url: 'https://www.ripe.net/manage-ips-and-asns/db/support/documentation/terms',
  },
  arin: {
    owner: 'ARIN',
    document: 'Bulk Whois Terms of Use',
    term: 'It may not be used for advertising, direct marketing, marketing research, or similar purposes.',
    url: 'https://www.arin.net/reference/research/bulkwhois/',
  },
  apnic: {
    owner: 'APNIC',
    document: 'APNIC Whois Database Acceptable Use Agreement',
    term: 'Any use of this material to target advertising or similar activities is explicitly forbidden and will be prosecuted.',
    url: 'https://www.apnic.net/manage-ip/using-whois/bulk-access/copyright/',
  },
  afrinic: {
    owner: 'AFRINIC',
    document: 'AFRINIC Bulk Whois Data terms',
    term: 'It should not be used for advertising, direct marketing, marketing research or similar purpose.',
    url: 'https://afrinic.net/whois/terms',
  },
}

/**
 * The sentence for the manifest.
 * @throws SourceError naming the term when `accepted` does not hold the registry.
 */
export function acceptedTerms(registry: Registry, accepted: readonly string[], file: string): string {
  const { owner, document, term, url } = TERMS[registry]
  if (!accepted.includes(registry)) {
    throw new SourceError(
      file,
      null,
      `is refused: ${document} of ${owner} says "${term}" (${url}). If your use is one that they allow, say so with --accept-terms ${registry}; the manifest will say that you did`,
    )
  }
  return `${document}: accepted by the operator with --accept-terms ${registry}`
}
