import { type Named, objectionsOf } from '../company-objection.ts'
import type { CompanyKey } from '../words.ts'
import { eraseCompany } from './desk/erase.ts'
import type { HiddenCompany } from './settings.ts'
import type { Shards } from './shard.ts'
import { readSites } from './sites.ts'

/**
 * Companies that a site never names: part of its settings, so they take effect within a minute like these. A company is
 * recognised as one that objected is: by key, domain or name, for a later table may know it under another key.
 */
export function isHidden(hidden: readonly HiddenCompany[], company: Named): boolean {
  if (hidden.length === 0) return false
  return objectionsOf(
    hidden.map(({ key, name, domain }) => ({ key: key as CompanyKey, names: [name], domains: domain === null ? [] : [domain] })),
  ).include(company)
}

/** Deletes what an isolate still counted in the minute before it knew. @returns how many companies went. */
export async function forgetHidden(shards: Shards): Promise<number> {
  let gone = 0
  for (const { id, settings } of (await readSites(shards.primary)).byId.values()) {
    if (settings.hidden.length === 0) continue
    const db = shards.of(id)
    const { results } = await db.prepare('SELECT company_key AS key, name, domain FROM companies WHERE site_id = ?1').bind(id).all<Named>()
    for (const company of results.filter((each) => isHidden(settings.hidden, each))) {
      await eraseCompany(db, id, company.key)
      gone += 1
    }
  }
  return gone
}
