/** A difference of two builds for people: who came, who went, and how many addresses. */
import type { TableDiff } from './diff.ts'
import { inGroups } from './progress.ts'

/** Names of companies told one by one; a refresh can move thousands. */
const MOST_NAMED = 40

export function describeDiff({ companies, addresses }: TableDiff): string[] {
  const amount = (name: 'gained' | 'lost' | 'moved'): string =>
    `${name.padEnd(8)} ${inGroups(addresses[name].v4Addresses)} IPv4 addresses, ${inGroups(addresses[name].v6Networks)} IPv6 /56 networks`
  return [...named(companies.gained, '+'), ...named(companies.lost, '-'), ...(['gained', 'lost', 'moved'] as const).map(amount)]
}

function named(keys: readonly string[], sign: string): string[] {
  const lines = keys.slice(0, MOST_NAMED).map((key) => `${sign} ${key}`)
  return keys.length > MOST_NAMED ? [...lines, `${sign} and ${inGroups(keys.length - MOST_NAMED)} more (--json names all)`] : lines
}
