/**
 * A ZIP file as a stream: each entry is deflated as it is made, and its sizes follow behind it, so that nothing has to be
 * known or held before (PKWARE APPNOTE 4.3: data descriptors, bit 3). Entries of less than 4 GB, names in ASCII.
 */
export interface ZipEntry {
  readonly name: string
  readonly text: AsyncIterable<string> | Iterable<string>
}

interface Written {
  readonly name: Uint8Array
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

export async function* zip(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const written: Written[] = []
  let at = 0
  for (const { name, text } of entries) {
    const bytes = encoder.encode(name)
    const header = localHeader(bytes)
    yield header
    const of = { crc: 0xffffffff, size: 0 }
    let packed = 0
    for await (const part of deflated(text, of)) {
      packed += part.length
      yield part
    }
    const entry = { name: bytes, at, crc: ~of.crc >>> 0, packed, size: of.size }
    yield descriptor(entry)
    written.push(entry)
    at += header.length + packed + 16
  }
  const directory = written.map(centralHeader)
  yield* directory
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  yield fields([4, 0x06054b50], [2, 0], [2, 0], [2, written.length], [2, written.length], [4, size], [4, at], [2, 0])
}

/** Deflates and counts. Whoever stops reading, or a source that fails, ends both sides. */
async function* deflated(text: ZipEntry['text'], of: { crc: number; size: number }): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new CompressionStream('deflate-raw')
  const writer = writable.getWriter()
  const feed = async (): Promise<void> => {
    const encoder = new TextEncoder()
    try {
      for await (const part of text) {
        const bytes = encoder.encode(part)
        of.crc = crc32(of.crc, bytes)
        of.size += bytes.length
        await writer.write(bytes)
      }
      await writer.close()
    } catch (error) {
      await writer.abort(error).catch(() => undefined)
    }
  }
  const fed = feed()
  for await (const part of readable as unknown as AsyncIterable<Uint8Array>) yield part
  await fed
}

/** Deflate, sizes behind; the date is the first that the format knows: a file says nothing of when it was made. */
const KIND: readonly Field[] = [
  [2, 20],
  [2, 8],
  [2, 8],
  [2, 0],
  [2, 0x21],
]

function localHeader(name: Uint8Array): Uint8Array {
  return joined(fields([4, 0x04034b50], ...KIND, [4, 0], [4, 0], [4, 0], [2, name.length], [2, 0]), name)
}

function descriptor({ crc, packed, size }: Written): Uint8Array {
  return fields([4, 0x08074b50], [4, crc], [4, packed], [4, size])
}

function centralHeader({ name, at, crc, packed, size }: Written): Uint8Array {
  const lengths: readonly Field[] = [
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
  ]
  return joined(fields([4, 0x02014b50], [2, 20], ...KIND, [4, crc], [4, packed], [4, size], ...lengths, [4, at]), name)
}

/** Bytes and value, little-endian. */
type Field = readonly [bytes: 2 | 4, value: number]

function fields(...of: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(of.reduce((sum, [length]) => sum + length, 0))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const [length, value] of of) {
    if (length === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += length
  }
  return bytes
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length)
  bytes.set(head)
  bytes.set(tail, head.length)
  return bytes
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** ISO 3309, as ZIP uses it; begins with all ones and is inverted at the end. */
function crc32(crc: number, bytes: Uint8Array): number {
  let value = crc
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0)
  return value
}
