/**
 * Reads a JSON file of many objects one after the other: an array of objects, or one object a line. The file may be
 * as large as it likes; only one object is in memory.
 *
 * The bytes are cut where an object of the outermost level ends, and JSON.parse reads each piece. Its message is
 * thrown away, because it echoes what it read; file and line are enough to find the place.
 */
import { basename } from 'node:path'
import { type Reading, readChunks } from './read-file.ts'
import { SourceError } from './source.ts'

export interface JsonObject {
  readonly value: Readonly<Record<string, unknown>>
  /** Line on which it begins. */
  readonly line: number
}

/** Bytes of one object; the largest of the AS metadata has 40 kB. */
const LARGEST_OBJECT = 4 * 1024 * 1024

/** The objects of each chunk of the file. @throws SourceError naming file and line. */
export async function* readJsonObjects(path: string, reading?: Reading): AsyncGenerator<readonly JsonObject[]> {
  const cutter = new ObjectCutter(basename(path))
  for await (const chunk of readChunks(path, reading)) {
    const found = cutter.cut(chunk)
    if (reading) reading.rows += found.length
    yield found
  }
  cutter.end()
}

const QUOTE = 34
const BACKSLASH = 92
const OPEN = 123
const CLOSE = 125
const NEWLINE = 10

class ObjectCutter {
  readonly #file: string
  #depth = 0
  #inString = false
  #escaped = false
  #line = 1
  /** Line on which the object being read begins. */
  #beganAt = 1
  #pieces: Buffer[] = []
  #held = 0

  constructor(file: string) {
    this.#file = file
  }

  cut(chunk: Buffer): JsonObject[] {
    const found: JsonObject[] = []
    let begin = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]
      if (byte === NEWLINE) this.#line++
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === BACKSLASH) this.#escaped = true
        else if (byte === QUOTE) this.#inString = false
      } else if (byte === QUOTE) this.#inString = true
      else if (byte === OPEN) {
        if (this.#depth++ === 0) {
          begin = at
          this.#beganAt = this.#line
        }
      } else if (byte === CLOSE && this.#depth > 0 && --this.#depth === 0) {
        found.push(this.#parse(Buffer.concat([...this.#pieces, chunk.subarray(begin, at + 1)])))
        this.#pieces = []
        this.#held = 0
      }
    }
    if (this.#depth > 0) {
      this.#pieces.push(chunk.subarray(begin))
      this.#held += chunk.length - begin
      if (this.#held > LARGEST_OBJECT)
        throw new SourceError(this.#file, this.#beganAt, `has an object of more than ${LARGEST_OBJECT} bytes`)
    }
    return found
  }

  end(): void {
    if (this.#depth > 0 || this.#inString) throw new SourceError(this.#file, this.#beganAt, 'begins an object that never ends')
  }

  #parse(bytes: Buffer): JsonObject {
    try {
      return { value: JSON.parse(bytes.toString('utf8')), line: this.#beganAt }
    } catch {
      throw new SourceError(this.#file, this.#beganAt, 'is no JSON object')
    }
  }
}
