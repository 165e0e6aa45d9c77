/** Builds a table of the dump that `import.ts` made, in a process of its own, and prints what it cost. */
import type { z } from 'zod'
import { readCuratedList } from '../../compile/curated.ts'
import { rpsl } from '../../compile/sources/rpsl.ts'
import { compileTable } from '../../compile/table.ts'
import { openJudging } from '../ranges/judging.ts'
import type { ImportRun } from './import.ts'

const began = performance.now()
const source = rpsl({ files: process.argv.slice(2), registry: 'ripe', acceptedTerms: ['ripe'] })
const list = await readCuratedList()
const judging = await openJudging()
const facts = [await source.facts(), list.facts, ...judging.facts]
const { report } = await compileTable({ sources: [source], organisations: list.organisations, facts, rules: judging.rules })
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
const run: z.infer<typeof ImportRun> = {
  objects: report.rows,
  listed: report.listed,
  seconds: (performance.now() - began) / 1000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peakBytes: maxRSS * 1024,
}
console.log(JSON.stringify(run))
