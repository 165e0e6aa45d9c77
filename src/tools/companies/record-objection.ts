/**
 * What an objection does to the databases: one row in the first, which the Worker reads once a minute, and then nothing of
 * the company on any site in any of them. In this order: what an isolate counts in between, cron takes.
 */
import type { ObjectionRow } from '../../company-objection.ts'
import { forgetObjecting, saveObjection } from '../../ledger/objections.ts'
import type { Shards } from '../../ledger/shard.ts'

/** @returns on how many sites the company was known. */
export async function recordObjection(shards: Shards, row: ObjectionRow): Promise<number> {
  await saveObjection(shards.primary, row)
  return forgetObjecting(shards)
}
