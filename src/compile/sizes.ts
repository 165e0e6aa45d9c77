/**
 * How much of the address line each company has, and P4's smallest size: a range so small that it could be one
 * household or one desk is nobody's.
 */
import type { Segments } from './flatten.ts'

/** P4: at least 8 IPv4 addresses or 8 IPv6 /56 networks (what a provider hands to one customer is often a /56). */
export const FEWEST_V4_ADDRESSES = 8
export const FEWEST_V6_NETWORKS = 8

/** Adds to `sizes[number]`: IPv4 in addresses, IPv6 in /56 networks (a smaller range is a fraction of one). */
export function addSizes(segments: Segments, sizes: Float64Array): void {
  const size = segments.family === 4 ? sizeOf4 : sizeOf6
  for (let index = 0; index < segments.count; index++) {
    const company = segments.ids[index] ?? 0
    if (company > 0) sizes[company] = (sizes[company] ?? 0) + size(segments, index)
  }
}

export const isLargeEnough = (v4: number, v6: number): boolean => v4 >= FEWEST_V4_ADDRESSES || v6 >= FEWEST_V6_NETWORKS

function sizeOf4({ count, starts }: Segments, index: number): number {
  const next = index + 1 < count ? (starts[index + 1] ?? 0) : 2 ** 32
  return next - (starts[index] ?? 0)
}

function sizeOf6({ count, starts }: Segments, index: number): number {
  // A 64-bit float holds 53 bits: exact for whole /56 networks up to a /3, which is all that is ever given out.
  let size = index + 1 < count ? 0 : 2 ** 56
  for (let word = 0; word < 4; word++) {
    const next = index + 1 < count ? (starts[(index + 1) * 4 + word] ?? 0) : 0
    size += (next - (starts[index * 4 + word] ?? 0)) * 2 ** (24 - 32 * word)
  }
  return size
}

/** The same line with every number replaced by `to[number]` (0 = nobody), neighbours merged again. */
export function relabelled(segments: Segments, to: Uint32Array): Segments {
  const words = segments.family === 4 ? 1 : 4
  const starts = new Uint32Array(segments.starts.length)
  const ids = new Uint32Array(segments.count)
  let count = 0
  for (let index = 0; index < segments.count; index++) {
    const id = to[segments.ids[index] ?? 0] ?? 0
    if (count > 0 && ids[count - 1] === id) continue
    for (let word = 0; word < words; word++) starts[count * words + word] = segments.starts[index * words + word] ?? 0
    ids[count++] = id
  }
  return { family: segments.family, count, starts: starts.slice(0, count * words), ids: ids.slice(0, count) }
}
