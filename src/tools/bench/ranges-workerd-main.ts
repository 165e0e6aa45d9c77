/** The Worker of the benchmark: does all look-ups of its list with one contender, as often as asked, and answers their sum. Clocks stand still inside, so it is timed from outside. */
import { type Response as MmdbRecord, Reader } from 'mmdb-lib'
import { parseAddress } from '../../ranges/address.ts'
import { lookupParsed, openShard, type Shard, shardIndex } from '../../ranges/shard.ts'

/** As in `ranges-peers.ts`, which cannot be loaded here: it imports what Node alone has. */
const idIn = (found: unknown): number =>
  typeof found === 'number' ? found : typeof found === 'object' && found !== null && 'id' in found ? Number(found.id) : 0

interface Loaded {
  readonly mmdb: ArrayBuffer
  readonly shards: ArrayBuffer
  readonly list: { readonly queries: string[]; readonly families: { readonly cuts: number[]; readonly lengths: number[] }[] }
}

export function benchWorker({ mmdb, shards, list }: Loaded) {
  const reader = new Reader<MmdbRecord>(Buffer.from(mmdb))
  let offset = 0
  const opened = list.families.map(({ cuts, lengths }, place): Shard[] =>
    lengths.map((length, index) => {
      const shard = openShard(shards.slice(offset, offset + length), place === 0 ? 4 : 6, cuts[index] ?? -1)
      offset += length
      if (typeof shard === 'string') throw new Error(shard)
      return shard
    }),
  )
  const [cuts4, cuts6] = list.families.map(({ cuts }) => cuts)
  const [shards4, shards6] = opened
  const doorplate = (text: string): number => {
    const family = parseAddress(text)
    if (family === 0) return 0
    const shard = family === 4 ? shards4?.[shardIndex(cuts4 ?? [], 4)] : shards6?.[shardIndex(cuts6 ?? [], 6)]
    return shard === undefined ? 0 : lookupParsed(shard)
  }
  return {
    fetch(request: Request): Response {
      const { pathname: contender, searchParams } = new URL(request.url)
      let sum = 0
      for (let calls = Number(searchParams.get('calls')); calls > 0; calls--) {
        sum = 0
        if (contender === '/doorplate') for (const text of list.queries) sum += doorplate(text)
        if (contender === '/mmdb-lib') for (const text of list.queries) sum += idIn(reader.get(text))
      }
      return new Response(String(sum))
    },
  }
}
