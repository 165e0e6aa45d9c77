/** The same mix inside workerd, where Doorplate runs: this table against mmdb-lib, each doing all look-ups in one request. */
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import type { EncodedFamily } from '../../compile/encode.ts'
import { median } from './figure.ts'
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
    const time = async (path: string): Promise<{ ns: number; sum: string }> => {
      const begin = performance.now()
      const sum = await (await fetch(new URL(path, origin))).text()
      return { ns: (performance.now() - begin) * 1e6, sum }
    }
    const times = new Map<string, number[]>()
    const sums = new Set<string>()
    for (let round = -1; round < ROUNDS; round++) {
      for (const path of ['empty', ...CONTENDERS]) {
        const { ns, sum } = await time(`/${path}`)
        if (path !== 'empty') sums.add(sum)
        if (round >= 0) times.set(path, [...(times.get(path) ?? []), ns])
      }
    }
    if (sums.size !== 1) throw new Error('the contenders in workerd disagree')
    const of = (path: string): number => median(times.get(path) ?? [])
    return { doorplate: (of('doorplate') - of('empty')) / queries.length, 'mmdb-lib': (of('mmdb-lib') - of('empty')) / queries.length }
  } finally {
    await miniflare.dispose()
  }
}
