/**
 * Lays out one shard: header, directory, books and blocks, in the order of `layout` in `ranges/format.ts`.
 */
import {
  BLOCK,
  DIRECTORY,
  FINE,
  FORMAT_VERSION,
  GROUP,
  HEADER,
  KIND,
  LISTED,
  layout,
  MAGIC,
  paddedLength,
  shardChecksum,
} from '../ranges/format.ts'
import { BlockWriter, stepPlaces, tell } from './block-writer.ts'
import { highestId, type Line } from './line.ts'
import { chooseSteps } from './step-book.ts'

/** A further entry of the id book costs three bytes and saves about nine bits each time it is used. */
const FEWEST_USES_OF_AN_ID = 4

/**
 * Encodes a slice of the line as one shard.
 * @param from the cut it begins at
 * @param seen highest id met before the slice
 */
export function encodeShard(line: Line, from: number, seen: number): Uint8Array<ArrayBuffer> {
  const stepBook = chooseSteps(line, 0, line.count)
  const met = highestBefore(line, seen)
  const idBook = chooseIds(line, met)
  const at = layout(line.family, line.count, line.fine.length / 5, stepBook.length, idBook.length)
  const blocks = new BlockWriter(line, stepPlaces(stepBook), new Map(idBook.map((id, place) => [id, place])))
  const head = new Uint8Array(at.payload)
  const view = new DataView(head.buffer)
  for (let block = 0; block < at.blocks; block++) {
    const entry = HEADER.bytes + block * DIRECTORY[line.family].words * 4
    writeStarts(view, entry, line, block * BLOCK.segments)
    view.setUint32(entry + DIRECTORY[line.family].payload * 4, blocks.length, true)
    const seen = met[block] ?? 0
    const width = 32 - Math.clz32(met[block + 1] ?? 0)
    view.setUint32(entry + DIRECTORY[line.family].ids * 4, (width << DIRECTORY.idBits) | seen, true)
    blocks.write(block * BLOCK.segments, seen, width)
  }
  for (let word = 0; word < line.fine.length; word++) view.setUint32(at.fineTable + word * 4, line.fine[word] ?? 0, true)
  for (const [place, step] of stepBook.entries()) view.setUint16(at.stepBook + place * 2, step, false)
  for (const [place, id] of idBook.entries()) {
    for (let byte = 0; byte < 3; byte++) head[at.idBook + place * 3 + byte] = id >>> (byte * 8)
  }
  const shard = new Uint8Array(paddedLength(at.payload + blocks.length))
  writeHeader(view, line, from, stepBook.length, idBook.length)
  view.setUint32(HEADER.length, shard.length, true)
  view.setUint32(HEADER.payload, blocks.length, true)
  shard.set(head)
  shard.set(blocks.bytes.subarray(0, blocks.length), at.payload)
  new DataView(shard.buffer).setUint32(HEADER.crc32, shardChecksum(new Int32Array(shard.buffer)), true)
  return shard
}

function writeHeader(view: DataView, line: Line, from: number, steps: number, idBook: number): void {
  view.setUint32(HEADER.magic, MAGIC, true)
  view.setUint8(HEADER.version, FORMAT_VERSION)
  view.setUint8(HEADER.family, line.family)
  view.setUint16(HEADER.steps, steps, true)
  view.setUint32(HEADER.segments, line.count, true)
  view.setUint32(HEADER.highestId, highestId(line), true)
  view.setUint32(HEADER.fine, line.fine.length / 5, true)
  view.setFloat64(HEADER.from, from, true)
  view.setUint16(HEADER.idBook, idBook, true)
}

/** The starts of a block's groups; those that a last block lacks are all ones. */
function writeStarts(view: DataView, entry: number, line: Line, begin: number): void {
  for (let group = 0; group < GROUP.inBlock; group++) {
    const index = begin + group * GROUP.segments
    const exists = index < line.count
    view.setUint32(entry + group * 4, exists ? (line.high[index] ?? 0) : 0xffffffff, true)
    if (line.family === 6) view.setUint32(entry + (DIRECTORY.low + group) * 4, exists ? (line.low[index] ?? 0) : 0xffffffff, true)
  }
}

/** Highest id met before every block, and before the end: a fresh id is one more, and none inside is above the next. */
function highestBefore(line: Line, before: number): Uint32Array {
  const met = new Uint32Array(Math.ceil(line.count / BLOCK.segments) + 1)
  let highest = before
  for (let index = 0; index < line.count; index++) {
    if (index % BLOCK.segments === 0) met[index / BLOCK.segments] = highest
    const id = line.ids[index] ?? 0
    if (id > highest && id !== FINE) highest = id
  }
  met[met.length - 1] = highest
  return met
}

/** The ids that blocks would write out most often. */
function chooseIds(line: Line, met: Uint32Array): number[] {
  const uses = new Map<number, number>()
  const telling = { kind: 0, value: 0 }
  for (let block = 0; block * BLOCK.segments < line.count; block++) {
    let next = (met[block] ?? 0) + 1
    const end = Math.min(line.count, (block + 1) * BLOCK.segments)
    for (let index = block * BLOCK.segments; index < end; index++) {
      tell(line.ids, block * BLOCK.segments, index, next, telling)
      const id = line.ids[index] ?? 0
      if (telling.kind === KIND.fresh) next++
      else if (telling.kind === KIND.spelled) uses.set(id, (uses.get(id) ?? 0) + 1)
    }
  }
  return [...uses]
    .filter(([, count]) => count >= FEWEST_USES_OF_AN_ID)
    .sort(([idA, a], [idB, b]) => b - a || idA - idB)
    .slice(0, LISTED.bookEntries)
    .map(([id]) => id)
}
