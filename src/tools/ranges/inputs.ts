/**
 * What a build is made of, as one hash: the sources' bytes and the compiler's own. When it is the hash of the last
 * build there is nothing to do.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../../compile/description.ts'
import type { SourceFacts } from '../../compile/sources/source.ts'

const SRC = fileURLToPath(new URL('../../', import.meta.url))
/** The files that decide what a table's bytes are. A number to be raised by hand would be forgotten one day. */
const COMPILER = [
  ...readdirSync(join(SRC, 'compile'), { recursive: true, encoding: 'utf8' }).map((name) => join('compile', name)),
  'ranges/address.ts',
  'ranges/format.ts',
]

export function hashInputs(facts: readonly SourceFacts[], aliases: Readonly<Record<string, string>>): string {
  const compiler = COMPILER.filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => sha256(readFileSync(join(SRC, name))))
  return sha256(JSON.stringify([facts, aliases, compiler]))
}
