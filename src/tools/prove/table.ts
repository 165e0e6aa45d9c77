/** The small range table of a proof, made and published by the same code as a real one. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCuratedList } from '../../compile/curated.ts'
import { publish } from '../../compile/publish.ts'
import { ipLocationDb } from '../../compile/sources/ip-location-db.ts'
import { type CompiledTable, compileTable } from '../../compile/table.ts'
import { type LocalNamespace, localKv } from '../ranges/local-kv.ts'
import { encodeReport } from '../ranges/published-report.ts'
import { NETWORKS, ORGANISATIONS } from './canaries.ts'

/** @param folder an empty folder for the source files. */
export async function compileProofTable(folder: string): Promise<CompiledTable> {
  mkdirSync(folder, { recursive: true })
  const asns = join(folder, 'asn.csv')
  const list = join(folder, 'organisations.csv')
  const holder = (asn: number): string => ORGANISATIONS.find((organisation) => organisation.asn === asn)?.name ?? ''
  writeFileSync(asns, NETWORKS.map(({ first, last, asn }) => `${first},${last},${asn},"${holder(asn)}"\n`).join(''))
  const columns = ['name', 'domain', 'country', 'city', 'industry', 'employees', 'asns']
  const rows = ORGANISATIONS.map(({ asn, ...organisation }) => [...Object.values(organisation), `AS${asn}`].join(','))
  writeFileSync(list, `${[columns.join(','), ...rows].join('\n')}\n`)
  const source = ipLocationDb(asns)
  const { organisations, facts } = await readCuratedList(list)
  return compileTable({ sources: [source], organisations, facts: [await source.facts(), facts] })
}

export async function publishProofTable(namespace: LocalNamespace, table: CompiledTable): Promise<void> {
  await publish(localKv(namespace), table, { now: new Date(), report: encodeReport(table.report, null) })
}
