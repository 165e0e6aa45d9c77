/** The same mix inside workerd, where Doorplate runs: this table against mmdb-lib, each doing all look-ups in one request. */
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { EncodedFamily } from '../../compile/encode.ts'
import { callsOfRound, median } from './figure.ts'
import type { MmdbFile } from './mmdb-writer.ts'

const ROUNDS = 7
const CONTENDERS = ['doorplate', 'mmdb-lib'] as const

/** @returns median nanoseconds of a look-up of each contender, the cost of an empty request taken off */
export async function raceInWorkerd(
  families: readonly EncodedFamily[],
  file: MmdbFile,
  queries: readonly string[],
): Promise<Record<(typeof CONTENDERS)[number], number>> {
  const bundle = await build({
    stdin: {
      contents: `import { benchWorker } from './ranges-workerd-main.ts'; import mmdb from './mmdb.bin'; import shards from './shards.bin'; import list from './list.json.bin'; export default benchWorker({ mmdb, shards, list: JSON.parse(new TextDecoder().decode(list)) })`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    external: ['*.bin', 'node:*', 'net', 'assert'],
  })
  const list = { queries, families: families.map(({ cuts, shards }) => ({ cuts, lengths: shards.map(({ length }) => length) })) }
  const data = (path: string, contents: Uint8Array) => ({ type: 'Data' as const, path, contents })
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      compatibilityDate: '2026-11-01',
      compatibilityFlags: ['nodejs_compat'],
      modules: [
        { type: 'ESModule', path: 'main.js', contents: bundle.outputFiles[0]?.text ?? '' },
        data('mmdb.bin', file.bytes),
        data('shards.bin', Buffer.concat(families.flatMap(({ shards }) => shards))),
        data('list.json.bin', Buffer.from(JSON.stringify(list))),
      ],
    }),
  )
  try {
    const origin = await miniflare.ready
    const sums = new Set<string>()
    /** @returns milliseconds of a request in which a contender does its list so often */
    const time = async (path: string, calls: number): Promise<number> => {
      const begin = performance.now()
      const sum = await (await fetch(new URL(`/${path}?calls=${calls}`, origin))).text()
      if (calls > 0) sums.add(sum)
      return performance.now() - begin
    }
    const empty: number[] = []
    const times = { doorplate: [] as number[], 'mmdb-lib': [] as number[] }
    const calls = { doorplate: 1, 'mmdb-lib': 1 }
    for (const name of CONTENDERS) await time(name, 1)
    for (const name of CONTENDERS) calls[name] = callsOfRound(await time(name, 1))
    for (let round = 0; round < ROUNDS; round++) {
      empty.push(await time('empty', 0))
      for (const name of CONTENDERS) times[name].push((await time(name, calls[name])) / calls[name])
    }
    if (sums.size !== 1) throw new Error('the contenders in workerd disagree')
    const of = (name: (typeof CONTENDERS)[number]): number => (median(times[name]) - median(empty) / calls[name]) * 1e6
    return { doorplate: of('doorplate') / queries.length, 'mmdb-lib': of('mmdb-lib') / queries.length }
  } finally {
    await miniflare.dispose()
  }
}
