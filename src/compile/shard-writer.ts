/**
 * Lays out one shard: header, directory, books and blocks, in the order of `layout` in `ranges/format.ts`.
 */
import { bitsOf, FINE, FORMAT_VERSION, HEADER, layout, MAGIC, paddedLength, START_WORDS, shardChecksum } from '../ranges/format.ts'
import { type Block, BlockWriter, blocksOf, stepCodes } from './block-writer.ts'
import { chooseIds, type ToldIds, tellIds } from './id-book.ts'
import { highestId, type Line } from './line.ts'
import { chooseSteps } from './step-book.ts'

/**
 * Encodes a slice of the line as one shard.
 * @param from the cut it begins at
 * @param seen highest id met before the slice
 */
export function encodeShard(line: Line, from: number, seen: number): Uint8Array<ArrayBuffer> {
  const { family } = line
  const stepBook = chooseSteps(line, 0, line.count)
  const blocks = blocksOf(line)
  const highest = highestId(line)
  const met = highestMet(line, blocks, seen)
  const told = blocks.map((block, place) => tellIds(line, block, met[place] ?? 0))
  const idBook = chooseIds(told, bitsOf(highest))
  const writer = new BlockWriter(line, stepCodes(stepBook), blocks.length, highest, idBook)
  for (const [place, block] of blocks.entries()) writer.write(block, told[place] ?? NONE, met[place] ?? 0)
  const at = layout(family, blocks.length, idBook.length, line.fine.length / 5, stepBook.length)
  const shard = new Uint8Array(paddedLength(at.overflow + writer.length))
  const view = new DataView(shard.buffer)
  view.setUint32(HEADER.magic, MAGIC, true)
  view.setUint8(HEADER.version, FORMAT_VERSION)
  view.setUint8(HEADER.family, family)
  view.setUint16(HEADER.steps, stepBook.length, true)
  view.setUint32(HEADER.length, shard.length, true)
  view.setUint32(HEADER.blocks, blocks.length, true)
  view.setUint32(HEADER.highestId, highest, true)
  view.setUint32(HEADER.fine, line.fine.length / 5, true)
  view.setFloat64(HEADER.from, from, true)
  view.setUint32(HEADER.overflow, writer.length, true)
  view.setUint32(HEADER.idBook, idBook.length, true)
  for (const [place, { begin }] of blocks.entries()) {
    const start = at.starts + place * START_WORDS[family] * 4
    view.setUint32(start, line.high[begin] ?? 0, true)
    if (family === 6) view.setUint32(start + 4, line.low[begin] ?? 0, true)
    view.setUint32(start + (START_WORDS[family] - 1) * 4, writer.places[place] ?? 0, true)
  }
  for (const [place, id] of idBook.entries()) view.setUint32(at.idBook + place * 4, id, true)
  shard.set(new Uint8Array(writer.records.buffer), at.records)
  for (let word = 0; word < line.fine.length; word++) view.setUint32(at.fineTable + word * 4, line.fine[word] ?? 0, true)
  for (const [place, step] of stepBook.entries()) view.setUint16(at.stepBook + place * 2, step, false)
  shard.set(writer.overflow.subarray(0, writer.length), at.overflow)
  view.setUint32(HEADER.crc32, shardChecksum(new Int32Array(shard.buffer)), true)
  return shard
}

const NONE: ToldIds = { fresh: 0, others: [] }

/** Highest id met before each block. */
function highestMet({ ids }: Line, blocks: readonly Block[], before: number): number[] {
  let highest = before
  return blocks.map(({ begin, end }) => {
    const met = highest
    for (let index = begin; index < end; index++) {
      const id = ids[index] ?? 0
      if (id > highest && id !== FINE) highest = id
    }
    return met
  })
}
