/**
 * Control of a domain, shown by a TXT record: `_doorplate.<domain>` holds `doorplate-objection=<code>`. The code is made
 * of the domain alone: whoever can write into the zone has shown all there is to show, and nobody has to keep a secret.
 */
import { createHash } from 'node:crypto'
import { Resolver } from 'node:dns/promises'

/** The strings of each TXT record of a name; empty when there is none. */
export type TxtLookup = (name: string) => Promise<readonly (readonly string[])[]>

export interface ProofRecord {
  readonly name: string
  readonly value: string
}

export function proofRecord(domain: string): ProofRecord {
  const code = createHash('sha256').update(`doorplate objection ${domain.toLowerCase()}`).digest('hex').slice(0, 32)
  return { name: `_doorplate.${domain.toLowerCase()}`, value: `doorplate-objection=${code}` }
}

/** Whether the record is there. @throws Error when the name server does not answer: silence is no refusal. */
export async function controlsDomain(domain: string, lookUp: TxtLookup): Promise<boolean> {
  const { name, value } = proofRecord(domain)
  // A record longer than 255 bytes comes in pieces that belong together.
  return (await lookUp(name)).some((pieces) => pieces.join('').trim() === value)
}

/** The system's name servers, or the one given (`127.0.0.1:5353`). */
export function txtLookup(server: string | null): TxtLookup {
  const resolver = new Resolver({ timeout: 5_000, tries: 2 })
  if (server !== null) resolver.setServers([server])
  return async (name) => {
    try {
      return await resolver.resolveTxt(name)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      if (code === 'ENOTFOUND' || code === 'ENODATA') return []
      throw new Error(`the name server did not answer for ${name}; try again, or name one with --dns-server`)
    }
  }
}
