/**
 * Reads a source's file a chunk at a time, unpacked where it is packed, and knows how far it has come.
 *
 * Progress is counted in bytes of the file as it lies on disk: of a packed file nobody knows how much will come out.
 */
import { closeSync, createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { createGunzip, gunzipSync } from 'node:zlib'
import { SourceError } from './source.ts'

/** Large enough that a chunk's fixed costs vanish, small enough that a few of them are nothing. */
const CHUNK_BYTES = 1024 * 1024

/** How much of several files has been read, and how many rows that gave. */
export class Reading {
  rows = 0
  #read = 0
  readonly #total: number

  constructor(paths: readonly string[]) {
    this.#total = paths.reduce((sum, path) => sum + sizeOf(path), 0)
  }

  /** Rows to be expected in all, from the bytes so far; `before` is the guess while nothing is read. */
  expected(before: number | null): number | null {
    return this.#read === 0 || this.rows === 0 ? before : Math.round(this.rows * (this.#total / this.#read))
  }

  /** Bytes of all files together. */
  get total(): number {
    return this.#total
  }

  advance(bytes: number): void {
    this.#read += bytes
  }
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    throw new SourceError(path, null, 'cannot be read')
  }
}

/** The bytes of a file, unpacked when it begins like gzip. @throws SourceError when it cannot be read or is cut short. */
export async function* readChunks(path: string, reading?: Reading): AsyncGenerator<Buffer> {
  const isPacked = isGzip(path)
  const packed = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (reading) packed.on('data', (chunk) => reading.advance(chunk.length))
  const plain = isPacked ? packed.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : packed
  if (plain !== packed) packed.on('error', (error) => plain.destroy(error))
  try {
    for await (const chunk of plain) yield chunk as Buffer
  } catch (error) {
    throw new SourceError(path, null, `cannot be read to its end (${codeOf(error)})`)
  } finally {
    packed.destroy()
  }
}

/** All bytes of a file that has to be in memory as a whole, unpacked. @throws SourceError. */
export function readWhole(path: string): Buffer {
  const isPacked = isGzip(path)
  try {
    const bytes = readFileSync(path)
    return isPacked ? gunzipSync(bytes) : bytes
  } catch (error) {
    throw new SourceError(path, null, `cannot be read to its end (${codeOf(error)})`)
  }
}

function isGzip(path: string): boolean {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    throw new SourceError(path, null, 'cannot be read')
  }
  try {
    const head = Buffer.alloc(2)
    return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b
  } finally {
    closeSync(file)
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
