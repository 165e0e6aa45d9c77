import { today } from '../../../ledger/period.ts'
import { readDraft } from '../../../ledger/sites.ts'
import { manifestOf } from '../../../privacy/manifest.ts'
import type { TextSource } from '../../../privacy/texts/text.ts'
import { readSettings } from '../../../settings.ts'
import type { At } from '../page.tsx'

/** What the manifest and the papers of a site are made from: the same that its host serves to everybody. */
export async function sourceOf({ c, desk, site, table, now }: At): Promise<TextSource> {
  const draft = await readDraft(desk, site.id)
  const sources = table?.sources.map(({ name, licence, date }) => ({ name, licence, date })) ?? []
  return {
    manifest: manifestOf(site, {
      retention: site.settings.retention,
      stated: readSettings(c.env).stated,
      table: table === null ? null : { version: table.version, sources },
    }),
    date: today(now, site.timeZone),
    pageHosts: draft?.pageHosts ?? [],
    endpointHosts: draft?.endpointHosts ?? [],
    confirmedBy: site.settings.balancing?.confirmedBy ?? null,
  }
}
