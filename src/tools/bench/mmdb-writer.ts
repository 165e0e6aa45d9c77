/**
 * Writes a MaxMind DB file of the same segments, so that the benchmark compares one set of facts in two formats.
 *
 * As the usual writers do: IPv4 lives at ::/96, equal neighbours are one network, and a record of the search tree
 * has 24, 28 or 32 bits, the fewest that hold the file. https://maxmind.github.io/MaxMind-DB/
 */
import type { Segments } from '../../compile/flatten.ts'

/** What a record may hold in this benchmark. */
export type Value = number | string | readonly Value[] | { readonly [key: string]: Value }

export interface MmdbFile {
  readonly bytes: Buffer
  readonly nodes: number
  /** Bits of one record; a node has two. */
  readonly recordSize: number
  /** Bytes of the search tree alone, without the data section. */
  readonly treeBytes: number
}

/** Bytes between the search tree and the data section. */
const SEPARATOR = 16

/** What the file says of itself. */
export interface MmdbLabel {
  readonly databaseType: string
  /** Seconds since 1970. */
  readonly buildEpoch: number
}

const BENCHMARK: MmdbLabel = { databaseType: 'Doorplate-Benchmark', buildEpoch: 0 }

/** @param recordOf the data of an id from 1; an id's data is written once however many networks have it. */
export function writeMmdb(v4: Segments, v6: Segments, recordOf: (id: number) => Value, label: MmdbLabel = BENCHMARK): MmdbFile {
  const { starts, ids } = joinFamilies(v4, v6)
  const tree = buildTree(starts, ids)
  const highest = ids.reduce((most, id) => Math.max(most, id), 0)
  const places = new Uint32Array(highest + 1)
  const records: Buffer[] = []
  let length = 0
  for (let id = 1; id <= highest; id++) {
    const record = encodeValue(recordOf(id))
    places[id] = length
    length += record.length
    records.push(record)
  }
  const nodes = tree.length / 2
  const recordSize = [24, 28, 32].find((bits) => nodes + SEPARATOR + length < 2 ** bits) ?? 32
  const nodeBytes = recordSize / 4
  const search = Buffer.alloc(nodes * nodeBytes)
  const resolved = (record: number): number =>
    record >= 0 ? record : record === NOBODY ? nodes : nodes + SEPARATOR + (places[-record - 1] ?? 0)
  for (let node = 0; node < nodes; node++) {
    writeNode(search, node * nodeBytes, recordSize, resolved(tree[node * 2] ?? 0), resolved(tree[node * 2 + 1] ?? 0))
  }
  const metadata = encodeValue({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: label.buildEpoch,
    database_type: label.databaseType,
    description: { en: 'the segments of the benchmark' },
    ip_version: 6,
    languages: ['en'],
    node_count: nodes,
    record_size: recordSize,
  })
  const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
  return {
    bytes: Buffer.concat([search, Buffer.alloc(SEPARATOR), ...records, marker, metadata]),
    nodes,
    recordSize,
    treeBytes: search.length,
  }
}

/** One line of 128 bits: the IPv4 segments, and from 2^32 on those of IPv6. */
function joinFamilies(v4: Segments, v6: Segments): { starts: Uint32Array; ids: Uint32Array } {
  let behind = 0
  while (behind < v6.count && isBelowIpv4End(v6.starts, behind)) behind++
  const count = v4.count + 1 + v6.count - behind
  const starts = new Uint32Array(count * 4)
  const ids = new Uint32Array(count)
  for (let index = 0; index < v4.count; index++) starts[index * 4 + 3] = v4.starts[index] ?? 0
  ids.set(v4.ids.subarray(0, v4.count))
  starts[v4.count * 4 + 2] = 1
  ids[v4.count] = v6.ids[behind - 1] ?? 0
  starts.set(v6.starts.subarray(behind * 4, v6.count * 4), (v4.count + 1) * 4)
  ids.set(v6.ids.subarray(behind, v6.count), v4.count + 1)
  return { starts, ids }
}

function isBelowIpv4End(starts: Uint32Array, index: number): boolean {
  const [a, b, c, d] = starts.subarray(index * 4, index * 4 + 4)
  return a === 0 && b === 0 && (c === 0 || (c === 1 && d === 0))
}

const NOBODY = -1

/** Two records a node: the number of another node, or -1 - id (nobody is -1). */
function buildTree(starts: Uint32Array, ids: Uint32Array): number[] {
  const tree: number[] = []
  const bitAt = (index: number, depth: number): number => ((starts[index * 4 + (depth >>> 5)] ?? 0) >>> (31 - (depth & 31))) & 1
  const zeroFrom = (index: number, depth: number): boolean => {
    if (depth === 128) return true
    const word = depth >>> 5
    if ((starts[index * 4 + word] ?? 0) << (depth & 31) !== 0) return false
    for (let next = word + 1; next < 4; next++) if (starts[index * 4 + next] !== 0) return false
    return true
  }
  // The network at `depth` begins in segment `first` and ends in segment `last`.
  const build = (first: number, last: number, depth: number): number => {
    if (first === last) return -1 - (ids[first] ?? 0)
    const node = tree.length
    tree.push(NOBODY, NOBODY)
    let low = first + 1
    let high = last + 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (bitAt(middle, depth) === 1) high = middle
      else low = middle + 1
    }
    const border = low <= last && zeroFrom(low, depth + 1)
    tree[node] = build(first, low - 1, depth + 1)
    tree[node + 1] = build(border ? low : low - 1, last, depth + 1)
    return node / 2
  }
  build(0, ids.length - 1, 0)
  return tree
}

function writeNode(target: Buffer, at: number, bits: number, left: number, right: number): void {
  if (bits === 24) {
    target.writeUIntBE(left, at, 3)
    target.writeUIntBE(right, at + 3, 3)
  } else if (bits === 28) {
    target.writeUIntBE(left & 0xffffff, at, 3)
    target[at + 3] = ((left >>> 24) << 4) | (right >>> 24)
    target.writeUIntBE(right & 0xffffff, at + 4, 3)
  } else {
    target.writeUInt32BE(left, at)
    target.writeUInt32BE(right, at + 4)
  }
}

/** Data section types: 2 string, 6 uint32, 7 map, 11 array (an extended type: 0, then 11 - 7). */
function encodeValue(value: Value): Buffer {
  if (typeof value === 'number') {
    const digits = Buffer.alloc(4)
    digits.writeUInt32BE(value)
    const first = digits.findIndex((byte) => byte !== 0)
    const body = first < 0 ? Buffer.alloc(0) : digits.subarray(first)
    return Buffer.concat([control(6, body.length), body])
  }
  if (typeof value === 'string') {
    const body = Buffer.from(value)
    return Buffer.concat([control(2, body.length), body])
  }
  if (isList(value)) return Buffer.concat([control(11, value.length), ...value.map(encodeValue)])
  const entries = Object.entries(value)
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, entry]) => [encodeValue(key), encodeValue(entry)])])
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

function control(type: number, size: number): Buffer {
  const extended = type > 7
  const short = size < 29 ? size : size < 285 ? 29 : 30
  const head = [((extended ? 0 : type) << 5) | short]
  if (extended) head.push(type - 7)
  if (short === 29) head.push(size - 29)
  if (short === 30) head.push((size - 285) >>> 8, (size - 285) & 0xff)
  return Buffer.from(head)
}
