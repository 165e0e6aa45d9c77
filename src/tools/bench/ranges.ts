/**
 * `npm run bench -- ranges`: this range table beside those of the field, on the same facts in the same process.
 *
 * Figures in x are ratios against the named peer in the same run. A record of the MaxMind DB that the peers read is a map
 * with the id alone, the smallest that their readers are typed for. `….bare.…` is the same with a plain number as the
 * record, which no database in circulation has; `lookup.record.…` with a company's record.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ipaddr from 'ipaddr.js'
import { parseAddress } from '../../ranges/address.ts'
import { type Figure, median, race } from './figure.ts'
import { asRows, cityRows, type Table, tableOf } from './ranges-data.ts'
import {
  doorplate,
  encodeTable,
  idIn,
  type Lookup,
  maxmindReader,
  mmdbLib,
  mmdbOfBareIds,
  mmdbOfIds,
  mmdbOfRecords,
  naive,
  recordOf,
  sqlite,
} from './ranges-peers.ts'
import { type Queries, queriesOf } from './ranges-queries.ts'
import { raceInWorkerd } from './ranges-workerd.ts'

/** Slow contenders do a part of the list. */
const SLOW_PART = 20

export async function* benchRanges(): AsyncGenerator<Figure> {
  const { table, rate } = build(asRows(4), asRows(6))
  yield { name: 'build.rows-per-second', value: rate, unit: 'rows/s' }
  yield* benchTable(table, '')
  yield* benchParse(queriesOf(table))
  yield* benchCold(table)
  for (const [kind, file] of Object.entries({ '': mmdbOfIds(table), '.bare': mmdbOfBareIds(table) })) {
    const workerd = await raceInWorkerd(Object.values(encodeTable(table)), file, queriesOf(table).mixed)
    if (kind === '') yield { name: 'lookup.workerd.ns', value: workerd.doorplate, unit: 'ns' }
    yield { name: `lookup.workerd${kind}.vs.mmdb-lib`, value: workerd['mmdb-lib'] / workerd.doorplate, unit: 'x' }
  }
  const city = build(cityRows(4), cityRows(6))
  yield { name: 'build.3m6.rows-per-second', value: city.rate, unit: 'rows/s' }
  yield* benchTable(city.table, '.3m6')
}

/** From rows in memory to shards. */
function build(rows4: Parameters<typeof tableOf>[0], rows6: Parameters<typeof tableOf>[1]): { table: Table; rate: number } {
  const seconds: number[] = []
  let table = tableOf(rows4, rows6)
  for (let round = 0; round < 3; round++) {
    const begin = performance.now()
    table = tableOf(rows4, rows6)
    encodeTable(table)
    seconds.push((performance.now() - begin) / 1000)
  }
  return { table, rate: (rows4.count + rows6.count) / median(seconds) }
}

function* benchTable(table: Table, suffix: string): Generator<Figure> {
  const encoded = encodeTable(table)
  const bytes = [encoded[4], encoded[6]].flatMap(({ shards }) => shards).reduce((sum, { length }) => sum + length, 0)
  const ranges = table.v4.count + table.v6.count
  const bare = mmdbOfBareIds(table)
  yield { name: `bytes${suffix}`, value: bytes, unit: 'bytes' }
  yield { name: `bits.per-range${suffix}`, value: (bytes * 8) / ranges, unit: 'bits' }
  yield { name: `bytes${suffix}.vs.mmdb`, value: bare.treeBytes / bytes, unit: 'x' }

  const queries = queriesOf(table)
  const own = doorplate(encoded)
  for (const [kind, file] of Object.entries({ '': mmdbOfIds(table), '.bare': bare })) {
    const [lib, reader] = [mmdbLib(file), maxmindReader(file)]
    const peers = { 'mmdb-lib': (text: string) => idIn(lib(text)), maxmind: (text: string) => idIn(reader(text)) }
    for (const text of queries.mixed)
      if (own(text) !== peers['mmdb-lib'](text)) throw new Error(`the table and the MaxMind DB disagree${suffix}`)
    for (const [mix, list] of Object.entries(queries) as [keyof Queries, readonly string[]][]) {
      if (kind === '.bare' && mix !== 'mixed') continue
      const times = race({
        doorplate: () => sumOf(list, own),
        'mmdb-lib': () => sumOf(list, (text) => idIn(lib(text))),
        maxmind: () => sumOf(list, (text) => idIn(reader(text))),
      })
      if (kind === '') yield { name: `lookup.${mix}${suffix}.ns`, value: times.doorplate / list.length, unit: 'ns' }
      for (const peer of ['mmdb-lib', 'maxmind'] as const)
        yield { name: `lookup.${mix}${kind}${suffix}.vs.${peer}`, value: times[peer] / times.doorplate, unit: 'x' }
    }
  }
  yield* benchRecords(table, queries.mixed, own, suffix)
  yield* benchSlow(table, queries.mixed, own, suffix)
}

function sumOf(list: readonly string[], lookup: Lookup): number {
  let sum = 0
  for (const text of list) sum += lookup(text)
  return sum
}

function* benchRecords(table: Table, list: readonly string[], own: Lookup, suffix: string): Generator<Figure> {
  const records = Array.from({ length: table.companies + 1 }, (_, id) => recordOf(id))
  const file = mmdbOfRecords(table)
  const [lib, reader] = [mmdbLib(file), maxmindReader(file)]
  const count = (find: (text: string) => unknown): number => list.reduce((sum, text) => sum + (find(text) ? 1 : 0), 0)
  const times = race({
    doorplate: () =>
      count((text) => {
        const id = own(text)
        return id === 0 ? null : records[id]
      }),
    'mmdb-lib': () => count((text) => lib(text)),
    maxmind: () => count((text) => reader(text)),
  })
  for (const peer of ['mmdb-lib', 'maxmind'] as const)
    yield { name: `lookup.record${suffix}.vs.${peer}`, value: times[peer] / times.doorplate, unit: 'x' }
}

function* benchSlow(table: Table, mixed: readonly string[], own: Lookup, suffix: string): Generator<Figure> {
  const list = mixed.slice(0, mixed.length / SLOW_PART)
  const [array, database] = [naive(table), sqlite(table)]
  for (const text of list)
    if (own(text) !== array(text) || own(text) !== database(text)) throw new Error(`the naive search or SQLite disagrees${suffix}`)
  const times = race({ doorplate: () => sumOf(list, own), naive: () => sumOf(list, array), sqlite: () => sumOf(list, database) })
  for (const peer of ['naive', 'sqlite'] as const)
    yield { name: `lookup.mixed${suffix}.vs.${peer}`, value: times[peer] / times.doorplate, unit: 'x' }
}

function* benchParse({ v4, v6, mixed }: Queries): Generator<Figure> {
  for (const [name, list] of Object.entries({ 'parse.v4': v4, 'parse.v6': v6, parse: mixed })) {
    const times = race({
      doorplate: () => sumOf(list, parseAddress),
      'ipaddr.js': () => sumOf(list, (text) => ipaddr.parse(text).kind().length),
    })
    yield { name: `${name}.ns`, value: times.doorplate / list.length, unit: 'ns' }
    yield { name: `${name}.vs.ipaddr.js`, value: times['ipaddr.js'] / times.doorplate, unit: 'x' }
  }
}

/** CPU time of opening the largest IPv4 shard and of the first answer from it, in fresh processes. */
function* benchCold(table: Table): Generator<Figure> {
  const { cuts, shards } = encodeTable(table)[4]
  const largest = shards.reduce((best, shard, index) => (shard.length > (shards[best]?.length ?? 0) ? index : best), 0)
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-bench-'))
  try {
    const file = join(folder, 'shard')
    writeFileSync(file, shards[largest] ?? new Uint8Array())
    const cut = cuts[largest] ?? 0
    const address = [24, 16, 8, 0].map((shift) => ((cut + 1000) >>> shift) & 255).join('.')
    const runs = Array.from({ length: 9 }, () =>
      Number(
        execFileSync(process.execPath, [join(import.meta.dirname, 'ranges-cold-child.ts'), file, String(cut), address], {
          encoding: 'utf8',
        }),
      ),
    )
    yield { name: 'cold.open-and-first-lookup', value: median(runs), unit: 'ms' }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
