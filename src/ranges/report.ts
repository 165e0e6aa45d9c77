/**
 * What a build says about itself, in KV beside the table it belongs to (`ranges:<version>:report`): what was left out and
 * why, and what changed since the version before. The range table's page reads it; no look-up does. Reasons, figures and
 * keys of companies only: never a range, and no name of anybody who was left out.
 */
import * as z from 'zod/mini'

/** Name of the report within its version. */
export const REPORT_NAME = 'report'

const count = z.number()
const amount = z.object({ v4Addresses: count, v6Networks: count })

export const TableReport = z.object({
  /** Rows of the sources, and those that something spoke for. */
  rows: count,
  claimedRows: count,
  /** Listed organisations by the strongest evidence for them. */
  evidence: z.record(z.string(), count),
  /** What was left out, by reason. */
  rejected: z.record(z.string(), z.object({ organisations: count, ranges: count, v4Addresses: count })),
  /** Null for a first table, and where the build before is not on the machine that published this one. */
  diff: z.nullable(
    z.object({
      before: z.string(),
      /** How many companies came and went, and the keys of the first of them. */
      gained: z.object({ companies: count, keys: z.array(z.string()) }),
      lost: z.object({ companies: count, keys: z.array(z.string()) }),
      addresses: z.object({ gained: amount, lost: amount, moved: amount }),
    }),
  ),
})
export type TableReport = z.infer<typeof TableReport>

/** Null when `value` is no report. Never throws. */
export function readReport(value: unknown): TableReport | null {
  const report = TableReport.safeParse(value)
  return report.success ? report.data : null
}
