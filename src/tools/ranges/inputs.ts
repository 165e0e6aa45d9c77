/**
 * What a build is made of, as one hash: the sources' bytes and the compiler's own. When it is the hash of the last
 * build there is nothing to do.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../../compile/description.ts'

const SRC = fileURLToPath(new URL('../../', import.meta.url))
/** The files that decide what a table's bytes are. A number to be raised by hand would be forgotten one day. */
const COMPILER = [
  ...readdirSync(join(SRC, 'compile'), { recursive: true, encoding: 'utf8' }).map((name) => join('compile', name)),
  'ranges/address.ts',
  'ranges/format.ts',
  'company-objection.ts',
]

/** @param inputs everything that goes in besides the compiler, as plain data. */
export function hashInputs(inputs: readonly unknown[]): string {
  const compiler = COMPILER.filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => sha256(readFileSync(join(SRC, name))))
  return sha256(JSON.stringify([...inputs, compiler]))
}
