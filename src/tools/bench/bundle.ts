/**
 * How large the Worker is and how long it takes to start: Cloudflare loads, parses and evaluates all of it before the first
 * answer of a cold isolate, and refuses a Worker that takes longer than a second.
 *
 * The start is what `wrangler check startup` samples in the local runtime: the time in which something ran.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { LARGEST_WORKER, workerSize } from '../build/worker.ts'
import { ROOT } from '../prove/bundle.ts'
import { runWrangler } from '../wrangler.ts'
import { type Figure, median } from './figure.ts'

const STARTS = 5
const LONGEST_START_MS = 50

const Profile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  /** Microseconds before each sample. */
  timeDeltas: z.array(z.number()),
})

export async function* benchBundle(): AsyncGenerator<Figure> {
  const { raw, gzip } = await workerSize(join(ROOT, 'src'))
  yield { name: 'Worker, minified', value: raw, unit: 'bytes' }
  yield { name: 'Worker, gzipped', value: gzip, unit: 'bytes' }
  yield { name: 'Worker, gzipped, of what is allowed', value: gzip / LARGEST_WORKER, unit: 'x' }
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-startup-'))
  try {
    const starts: number[] = []
    for (let start = 0; start < STARTS; start += 1) starts.push(await startMs(join(folder, `${start}.cpuprofile`)))
    yield { name: 'Worker, start', value: median(starts), unit: 'ms' }
    yield { name: 'Worker, start, of what is allowed', value: median(starts) / LONGEST_START_MS, unit: 'x' }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function startMs(file: string): Promise<number> {
  await runWrangler(['check', 'startup', '--outfile', file])
  const { nodes, samples, timeDeltas } = Profile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const idle = new Set(nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id))
  return samples.reduce((sum, id, at) => sum + (idle.has(id) ? 0 : (timeDeltas[at] ?? 0)), 0) / 1000
}
