/**
 * `npm run bench -- import`: how fast a registry's dump becomes a table, and in how much memory.
 *
 * The dump is made (`import-dump.ts`), 4 million objects and 2.2 GB, as large as the largest registry's. A process of
 * its own builds from it, so that its memory is counted alone; the time is the whole build's, from hashing the file to the
 * encoded table, every holder judged with the lists that ship.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as z from 'zod'
import type { Figure } from './figure.ts'
import { writeDump } from './import-dump.ts'

const OBJECTS = 4_000_000
const CHILD = fileURLToPath(new URL('./import-child.ts', import.meta.url))

/** What the child prints. */
export const ImportRun = z.object({
  objects: z.number(),
  listed: z.number(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  peakBytes: z.number(),
})

export async function* benchImport(objects: number = OBJECTS): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-import-'))
  try {
    const [organisations, inetnum] = [join(folder, 'ripe.db.organisation'), join(folder, 'ripe.db.inetnum')]
    await writeDump(inetnum, organisations, objects)
    const { stdout } = await promisify(execFile)(process.execPath, [CHILD, organisations, inetnum])
    const run = ImportRun.parse(JSON.parse(stdout))
    if (run.objects !== objects) throw new Error(`${run.objects} of ${objects} objects were read`)
    yield { name: 'import.rpsl.objects-per-second', value: run.objects / run.seconds, unit: 'rows/s' }
    yield { name: 'import.rpsl.objects-per-cpu-second', value: run.objects / run.cpuSeconds, unit: 'rows/s' }
    yield { name: 'import.rpsl.organisations-listed', value: run.listed, unit: 'rows' }
    yield { name: 'import.rpsl.peak-memory', value: run.peakBytes, unit: 'bytes' }
    yield { name: 'import.rpsl.file', value: statSync(inetnum).size, unit: 'bytes' }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
