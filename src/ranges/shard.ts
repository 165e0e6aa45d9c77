/**
 * Opens a shard and finds the company of an address in it, in place: nothing is decoded up front, because an
 * isolate is short-lived and most of a shard is never looked at.
 *
 * Everything is verified before the first use; a value that is truncated, damaged, or belongs to another family
 * or slice is refused with a reason. The caller then keeps serving the previous version: silent garbage would
 * name the wrong company.
 *
 * How a caller finds a company: `parseAddress(text)` → family; `shardIndex(cuts, family)` → which shard;
 * `openShard(bytes, family, cuts[index])` once; `lookupParsed(shard)` → dense id or 0. Between the parse and
 * the lookup nothing may be awaited (or parsed again): the words of the parsed address live in one place.
 */
import type { Family } from './address.ts'
import { FORMAT_VERSION, HEADER, layout, MAGIC, MAX_ID, paddedLength, STEPS, shardChecksum } from './format.ts'
import { lookup4, lookup6 } from './lookup.ts'
import { prepare } from './prepare.ts'
import { TOP } from './top-index.ts'

export { shardIndex } from './cuts.ts'

/** Why a value is not taken for a shard. */
export type ShardFault = 'too-short' | 'magic' | 'version' | 'length' | 'checksum' | 'family' | 'slice' | 'layout'

/** A verified shard, as one array of words for lookups (see `prepare.ts`). */
export interface Shard {
  readonly family: Family
  /** Highest dense id that occurs; 0 when the slice holds gaps only. */
  readonly highestId: number
  readonly words: Int32Array
}

/**
 * Verifies `bytes` and prepares them for lookups; they are copied, not kept.
 * @param family the family asked for
 * @param from the cut asked for; a shard of another family or slice under this key is refused
 * @returns the shard, or (as a string) why it is none. Never throws.
 */
export function openShard(bytes: ArrayBuffer, family: Family, from: number): Shard | ShardFault {
  const length = bytes.byteLength
  if (length < HEADER.bytes || length % 4 !== 0) return 'too-short'
  const view = new DataView(bytes)
  const stored = new Int32Array(bytes)
  if (view.getUint32(HEADER.magic, true) !== MAGIC) return 'magic'
  if (view.getUint8(HEADER.version) !== FORMAT_VERSION) return 'version'
  if (view.getUint32(HEADER.length, true) !== length) return 'length'
  // Words of typed arrays are in the machine's order, which is little-endian wherever Workers and Node run.
  if (view.getUint32(HEADER.crc32, true) !== shardChecksum(stored)) return 'checksum'
  if (view.getUint8(HEADER.family) !== family) return 'family'
  if (view.getFloat64(HEADER.from, true) !== from) return 'slice'
  const blocks = view.getUint32(HEADER.blocks, true)
  const fine = view.getUint32(HEADER.fine, true)
  const stepCount = view.getUint16(HEADER.steps, true)
  const highestId = view.getUint32(HEADER.highestId, true)
  const idBook = view.getUint32(HEADER.idBook, true)
  const at = layout(family, blocks, idBook, fine, stepCount)
  if (blocks === 0 || blocks > TOP.blockMask || stepCount > STEPS.most || highestId > MAX_ID || at.overflow > length) return 'layout'
  if (paddedLength(at.overflow + view.getUint32(HEADER.overflow, true)) !== length) return 'layout'
  return { family, highestId, words: prepare(family, stored, at) }
}

/**
 * The dense id of the company whose range holds the address parsed last, 0 when it is nobody's.
 * The address must be of the shard's family and slice. Never throws, never allocates.
 */
export function lookupParsed(shard: Shard): number {
  return shard.family === 4 ? lookup4(shard.words) : lookup6(shard.words)
}
