/**
 * Walks the boundaries of one group until the one behind the address: the inner loop of a lookup.
 *
 * Boundaries are not stored, nor lengths: a *step* (k, m) clears the lowest k bits of the boundary before and adds
 * m << k, that is, it goes to the m-th next multiple of 2^k. A /22 after a /22 is (10, 1); a hole that ends where
 * the next /29 of IPv6 begins is (35, 1) however long it is, where its length would be an odd number of 35 bits.
 * That is why 15 steps describe nine boundaries of ten, in a nibble each (`STEPS` in format.ts).
 *
 * All words here are signed, because V8 adds and compares those without looking whether they still fit; where the
 * order matters, the highest bit is flipped (`^ FLIP`), which orders signed words like unsigned ones.
 */
import { signed } from './address.ts'
import { BLOCK, DIRECTORY, GROUP, i32, STEPS } from './format.ts'
import type { Shard } from './shard.ts'

// Constants of this module are part of the machine code; those of another are read from memory at every use.
const FLIP = 0x80000000 | 0
const { shift: GROUP_SHIFT, segments: GROUP_SEGMENTS } = GROUP
const { groupSteps: GROUP_STEPS, steps: FIRST_STEPS, stepsUnit: STEPS_UNIT } = BLOCK
const LOW = DIRECTORY.low
const { short: SHORT, written: WRITTEN } = STEPS

/** The step read last by `readLong`: shift, and count in halves, low first. */
const long = new Int32Array(3)

/**
 * Index, within its block, of the segment that holds the IPv4 address parsed last.
 * @param entry place of the block's directory entry
 * @param payload byte offset of the block
 * @param rest segments of the shard from the block's first on
 */
export function walk4(shard: Shard, group: number, entry: number, payload: number, rest: number): number {
  const { view, words, prepared } = shard
  const address = i32(signed, 0) ^ FLIP
  let index = group << GROUP_SHIFT
  const last = Math.min(index + GROUP_SEGMENTS, rest) - 1
  let boundary = i32(words, entry + group)
  let nibble = firstNibble(view, group, payload)
  while (index < last) {
    // Eight nibbles at once, or seven when the first of them is the upper one of its byte.
    let codes = view.getInt32(nibble >>> 1, true) >>> ((nibble & 1) << 2)
    let left = 8 - (nibble & 1)
    nibble = (nibble + left) | 0
    while (left > 0) {
      const code = (codes & 15) << 1
      if (code === 0) break
      boundary = ((boundary & i32(prepared, code)) + i32(prepared, code + 1)) | 0
      if ((boundary ^ FLIP) > address) return index
      index = (index + 1) | 0
      if (index === last) return index
      codes >>>= 4
      left = (left - 1) | 0
    }
    if (left === 0) continue
    nibble = readLong(shard, nibble - left + 1)
    boundary = (((boundary >>> i32(long, 0)) + i32(long, 1)) << i32(long, 0)) | 0
    if ((boundary ^ FLIP) > address) return index
    index = (index + 1) | 0
  }
  return last
}

/** The same for the first 64 bits of the IPv6 address parsed last. */
export function walk6(shard: Shard, group: number, entry: number, payload: number, rest: number): number {
  const { view, words, prepared } = shard
  const addressHigh = i32(signed, 0) ^ FLIP
  const addressLow = i32(signed, 1) ^ FLIP
  let index = group << GROUP_SHIFT
  const last = Math.min(index + GROUP_SEGMENTS, rest) - 1
  let high = i32(words, entry + group)
  let low = i32(words, entry + LOW + group)
  let nibble = firstNibble(view, group, payload)
  while (index < last) {
    let codes = view.getInt32(nibble >>> 1, true) >>> ((nibble & 1) << 2)
    let left = 8 - (nibble & 1)
    nibble = (nibble + left) | 0
    while (left > 0) {
      const code = (codes & 15) << 2
      if (code === 0) break
      const kept = low & i32(prepared, code)
      const add = i32(prepared, code + 1)
      low = (kept + add) | 0
      const carry = ((kept & add) | ((kept | add) & ~low)) >>> 31
      high = ((high & i32(prepared, code + 2)) + i32(prepared, code + 3) + carry) | 0
      const order = high ^ FLIP
      if (order > addressHigh || (order === addressHigh && (low ^ FLIP) > addressLow)) return index
      index = (index + 1) | 0
      if (index === last) return index
      codes >>>= 4
      left = (left - 1) | 0
    }
    if (left === 0) continue
    nibble = readLong(shard, nibble - left + 1)
    const shift = i32(long, 0)
    if (shift >= 32) {
      high = (((high >>> (shift - 32)) + i32(long, 1)) << (shift - 32)) | 0
      low = 0
    } else {
      const kept = low & (-1 << shift)
      const add = i32(long, 1) << shift
      low = (kept + add) | 0
      const carry = ((kept & add) | ((kept | add) & ~low)) >>> 31
      high = (high + (shift === 0 ? i32(long, 2) : (i32(long, 2) << shift) | (i32(long, 1) >>> (32 - shift))) + carry) | 0
    }
    const order = high ^ FLIP
    if (order > addressHigh || (order === addressHigh && (low ^ FLIP) > addressLow)) return index
    index = (index + 1) | 0
  }
  return last
}

/** Number of the first nibble of a group's steps. */
function firstNibble(view: DataView, group: number, payload: number): number {
  const begin = group === 0 ? 0 : view.getUint8(payload + GROUP_STEPS - 1 + group) * STEPS_UNIT
  return (payload + FIRST_STEPS + begin) << 1
}

/** Reads a step that has no short code into `long`; returns the nibble behind it. */
function readLong({ view, stepBook }: Shard, nibble: number): number {
  const code = byteAt(view, nibble)
  if (code === WRITTEN) return readWritten(view, nibble + 2)
  const place = stepBook + ((SHORT + code) << 1)
  long[0] = view.getUint8(place)
  long[1] = view.getUint8(place + 1)
  long[2] = 0
  return nibble + 2
}

function readWritten(view: DataView, nibble: number): number {
  long[0] = byteAt(view, nibble)
  long[1] = 0
  long[2] = 0
  const count = nibbleAt(view, nibble + 2) + 1
  for (let index = 0; index < count; index++) {
    const half = index < 8 ? 1 : 2
    long[half] = i32(long, half) | (nibbleAt(view, nibble + 3 + index) << ((index & 7) << 2))
  }
  return nibble + 3 + count
}

const nibbleAt = (view: DataView, nibble: number): number => (view.getUint8(nibble >>> 1) >>> ((nibble & 1) << 2)) & 15
const byteAt = (view: DataView, nibble: number): number => nibbleAt(view, nibble) | (nibbleAt(view, nibble + 1) << 4)
