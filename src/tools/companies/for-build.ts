/**
 * The companies that objected, for a build: those of an exported list, else of the database that the same commands
 * write. A build that cannot read them stops, because it could list somebody who objected.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod'
import type { CompanyObjection } from '../../company-objection.ts'
import { SourceError } from '../../compile/sources/source.ts'
import { readObjections } from '../../ledger/objections.ts'
import type { CompanyKey } from '../../words.ts'
import { withDatabase } from '../d1/open.ts'

const Exported = z.array(
  z.object({
    key: z.string().transform((key) => key as CompanyKey),
    names: z.array(z.string()),
    domains: z.array(z.string()),
  }),
)

export interface ObjectionsFrom {
  /** What `npm run companies -- list --json` printed. */
  readonly objections: string | null
  readonly remote: boolean
  readonly state: string
}

/** @throws SourceError when the file is no such list. */
export async function objectionsForBuild({ objections, remote, state }: ObjectionsFrom): Promise<readonly CompanyObjection[]> {
  if (objections !== null) return readExported(objections)
  // Before the first start there is no database, and nobody can have objected to it.
  if (!remote && !existsSync(join(state, 'v3', 'd1'))) return []
  return withDatabase(remote, readObjections, state)
}

function readExported(path: string): CompanyObjection[] {
  try {
    return Exported.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new SourceError(basename(path), null, 'is no list of objections as "npm run companies -- list --json" prints it')
  }
}
