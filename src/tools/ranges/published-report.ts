/**
 * The report that is published beside a table: from the build's own figures, and from the difference to the version that
 * serves, where that one was built on this machine too.
 */
import type { KvPort } from '../../compile/kv-port.ts'
import { readPointer } from '../../compile/publish.ts'
import type { TableReport as BuildReport } from '../../compile/table.ts'
import type { TableReport } from '../../ranges/report.ts'
import { diffBuilds, type TableDiff } from './diff.ts'
import { builtVersions } from './folder.ts'

/** Companies named one by one; a refresh can move thousands. */
const MOST_NAMED = 50

/** @param out folder of the builds. */
export async function reportFor(
  port: KvPort,
  out: string,
  { version, report }: { readonly version: string; readonly report: BuildReport },
): Promise<Uint8Array<ArrayBuffer>> {
  const serving = await readPointer(port)
  const before = serving?.version === version ? serving.previous?.version : serving?.version
  const known = before !== undefined && [before, version].every((each) => builtVersions(out).includes(each))
  return encodeReport(report, known ? { before, diff: diffBuilds(out, before, version) } : null)
}

export function encodeReport(
  { rows, claimedRows, evidence, rejected, refused }: BuildReport,
  changed: { readonly before: string; readonly diff: TableDiff } | null,
): Uint8Array<ArrayBuffer> {
  const reasons = [...new Set([...Object.keys(rejected), ...Object.keys(refused)])] as (keyof typeof rejected)[]
  const told: TableReport = {
    rows,
    claimedRows,
    evidence,
    rejected: Object.fromEntries(
      reasons.map((reason) => {
        const { organisations = 0, ranges = 0, v4Addresses = 0 } = refused[reason] ?? {}
        return [reason, { organisations: rejected[reason] ?? organisations, ranges, v4Addresses }]
      }),
    ),
    diff: changed === null ? null : { before: changed.before, ...described(changed.diff) },
  }
  return new TextEncoder().encode(JSON.stringify(told))
}

function described({ companies, addresses }: TableDiff) {
  const side = (keys: readonly string[]) => ({ companies: keys.length, keys: keys.slice(0, MOST_NAMED) })
  return { gained: side(companies.gained), lost: side(companies.lost), addresses }
}
