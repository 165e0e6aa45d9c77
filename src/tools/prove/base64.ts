/**
 * How bytes look inside something that was base64-encoded as a whole.
 *
 * Base64 turns 24 bits into four characters, so the same bytes have three faces, by their offset modulo three. At the
 * edges a character also holds bits of the neighbours: those are cut off where enough is left, and tried in all their
 * up to 16 variants where the bytes are so short that every bit is needed.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** From here on the characters at the edges can be spared: 64 bits less two edges are still more than 48. */
const LONG = 8

export type Offset = 0 | 1 | 2
export const OFFSETS: readonly Offset[] = [0, 1, 2]

/** What to look for; any one of the texts is a find. */
export function base64Faces(bytes: Uint8Array, offset: Offset): readonly string[] {
  const first = offset * 8
  const last = first + bytes.length * 8
  const whole = { from: Math.ceil(first / 6), to: Math.floor(last / 6) }
  const bit = (at: number): number => ((bytes[(at - first) >> 3] ?? 0) >> (7 - ((at - first) & 7))) & 1
  const characters = (at: number): string[] => {
    let values = [0]
    for (let position = at * 6; position < at * 6 + 6; position++) {
      const known = position >= first && position < last
      values = values.flatMap((value) => (known ? [value * 2 + bit(position)] : [value * 2, value * 2 + 1]))
    }
    return values.map((value) => ALPHABET[value] ?? '')
  }
  let faces = ['']
  const add = (at: number) => {
    const next = characters(at)
    faces = faces.flatMap((face) => next.map((character) => face + character))
  }
  if (bytes.length < LONG && first % 6 !== 0) add(whole.from - 1)
  for (let at = whole.from; at < whole.to; at++) add(at)
  if (bytes.length < LONG && last % 6 !== 0) add(whole.to)
  return faces
}

/** The alphabet of URLs and file names (RFC 4648 section 5). */
export const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')

/** The bytes between `offset` and some more other bytes, encoded: what a control plants. */
export function base64Around(bytes: Uint8Array, offset: Offset): string {
  const neighbours = new Uint8Array(2).fill(0x2c)
  return Buffer.concat([neighbours.subarray(0, offset), bytes, neighbours]).toString('base64')
}
