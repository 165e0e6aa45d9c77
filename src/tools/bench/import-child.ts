/** Reads the dump that `import.ts` made, in a process of its own, and prints what it cost. */
import type { z } from 'zod'
import { Rows } from '../../compile/flatten.ts'
import { rpsl } from '../../compile/sources/rpsl.ts'
import { parseAddress, parsed } from '../../ranges/address.ts'
import type { ImportRun } from './import.ts'

const began = performance.now()
const source = rpsl({ files: process.argv.slice(2), registry: 'ripe', acceptedTerms: ['ripe'] })
const rows = new Rows(4)
const first = new Uint32Array(4)
for await (const row of source.rows()) {
  parseAddress(row.first)
  first.set(parsed)
  parseAddress(row.last)
  rows.add(first, parsed, 0, 0)
}
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
const run: z.infer<typeof ImportRun> = {
  objects: rows.count,
  seconds: (performance.now() - began) / 1000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peakBytes: maxRSS * 1024,
}
console.log(JSON.stringify(run))
