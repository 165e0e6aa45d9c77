/**
 * Reads the text dumps of the registries: objects of `attribute: value` lines, an empty line between two (RFC 2622;
 * ARIN's bulk text looks the same with other names).
 *
 * A dump has gigabytes, so lines are found in the bytes and only the wanted values of the wanted objects become text.
 * Persons and roles are not among them: nobody's name, mail or telephone number is ever read. A value is a copy, so a
 * row that is kept does not keep the megabyte around it.
 */
import { basename } from 'node:path'
import { type Reading, readChunks } from './read-file.ts'
import { SourceError } from './source.ts'

export interface ObjectShape {
  /** First attributes of the objects that are wanted; the others are passed over. Lower case. */
  readonly kinds: readonly string[]
  /** Attributes that are read: of repeated ones the first, or all of them joined by ` | `. Lower case. */
  readonly attributes: Readonly<Record<string, 'first' | 'all'>>
  /** Whether a `#` ends a value, as RPSL says. */
  readonly comments: boolean
}

export interface RegistryObject {
  /** Index into `kinds`. */
  readonly kind: number
  /** Of the object's first line. */
  readonly line: number
  /** In the order of `attributes`; '' where there is none. */
  readonly values: string[]
}

/** An attribute with more than this is no registry's; a file without line breaks is no dump. */
const LONGEST_LINE = 1024 * 1024
export const SEPARATOR = ' | '

/** The wanted objects of each chunk of the file. @throws SourceError. */
export async function* readObjects(path: string, shape: ObjectShape, reading?: Reading): AsyncGenerator<readonly RegistryObject[]> {
  const scanner = new ObjectScanner(shape)
  let rest: Buffer | null = null
  for await (const chunk of readChunks(path, reading)) {
    const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk])
    const end = bytes.lastIndexOf(NEWLINE) + 1
    if (bytes.length - end > LONGEST_LINE) throw new SourceError(basename(path), scanner.line + 1, `is longer than ${LONGEST_LINE} bytes`)
    scanner.scan(bytes, end)
    rest = end === bytes.length ? null : bytes.subarray(end)
    yield scanner.take()
  }
  if (rest !== null) scanner.scan(Buffer.concat([rest, Buffer.of(NEWLINE)]), rest.length + 1)
  scanner.endObject()
  yield scanner.take()
}

const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const TAB = 9
const PLUS = 43
const HASH = 35
const PERCENT = 37
const COLON = 58

class ObjectScanner {
  /** Lines read so far. */
  line = 0
  readonly #kinds: Names
  readonly #attributes: Names
  readonly #all: readonly boolean[]
  readonly #comments: boolean
  #found: RegistryObject[] = []
  #current: RegistryObject | null = null
  /** Between two objects: the next attribute says what begins. */
  #between = true
  /** Index of the attribute that a continuation line continues, -1 for one that is not wanted. */
  #attribute = -1

  constructor({ kinds, attributes, comments }: ObjectShape) {
    this.#kinds = new Names(kinds)
    this.#attributes = new Names(Object.keys(attributes))
    this.#all = Object.values(attributes).map((repeats) => repeats === 'all')
    this.#comments = comments
  }

  take(): readonly RegistryObject[] {
    const found = this.#found
    this.#found = []
    return found
  }

  endObject(): void {
    if (this.#current !== null) this.#found.push(this.#current)
    this.#current = null
    this.#between = true
    this.#attribute = -1
  }

  /** Reads the lines of `bytes` up to `end`, which is behind a line break. */
  scan(bytes: Buffer, end: number): void {
    let at = 0
    while (at < end) {
      const begin = at
      while (bytes[at] !== NEWLINE) at++
      let last = at++
      this.line++
      while (last > begin && (bytes[last - 1] === RETURN || bytes[last - 1] === SPACE || bytes[last - 1] === TAB)) last--
      // A line of blanks continues an attribute with nothing (RFC 2622 wants `+` there, dumps do not care).
      if (last === begin) {
        if (at - begin <= 2) this.endObject()
        continue
      }
      const first = bytes[begin]
      if (first === PERCENT || first === HASH) continue
      if (this.#between) this.#beginObject(bytes, begin, last)
      if (this.#current === null) continue
      if (first === SPACE || first === TAB || first === PLUS) {
        if (this.#attribute >= 0) this.#add(this.#current, this.#attribute, this.#value(bytes, begin + 1, last), ' ')
      } else this.#beginAttribute(this.#current, bytes, begin, last)
    }
  }

  #beginObject(bytes: Buffer, begin: number, end: number): void {
    this.#between = false
    const kind = this.#kinds.find(bytes, begin, colonOf(bytes, begin, end))
    if (kind >= 0) this.#current = { kind, line: this.line, values: new Array<string>(this.#all.length).fill('') }
  }

  #beginAttribute(object: RegistryObject, bytes: Buffer, begin: number, end: number): void {
    const colon = colonOf(bytes, begin, end)
    this.#attribute = this.#attributes.find(bytes, begin, colon)
    if (this.#attribute < 0) return
    const known = object.values[this.#attribute] !== ''
    if (known && this.#all[this.#attribute] !== true) this.#attribute = -1
    else this.#add(object, this.#attribute, this.#value(bytes, colon + 1, end), SEPARATOR)
  }

  #add(object: RegistryObject, attribute: number, value: string, glue: string): void {
    if (value === '') return
    const before = object.values[attribute] ?? ''
    object.values[attribute] = before === '' ? value : before + glue + value
  }

  #value(bytes: Buffer, from: number, to: number): string {
    let begin = from
    while (begin < to && (bytes[begin] === SPACE || bytes[begin] === TAB)) begin++
    let end = to
    if (this.#comments) {
      for (let at = begin; at < to; at++) {
        if (bytes[at] !== HASH) continue
        end = at
        while (end > begin && (bytes[end - 1] === SPACE || bytes[end - 1] === TAB)) end--
        break
      }
    }
    return begin === end ? '' : bytes.toString('latin1', begin, end)
  }
}

/** Place of the colon, or `end` where there is none. */
function colonOf(bytes: Buffer, begin: number, end: number): number {
  let at = begin
  while (at < end && bytes[at] !== COLON) at++
  return at
}

/** Finds names in bytes, in any case, by their length and first letter. */
class Names {
  /** Index of the first name of a length and letter; `#next` leads on to the others. */
  readonly #table = new Int8Array(32 * 128).fill(NONE)
  readonly #next: Int8Array
  readonly #names: readonly Buffer[]

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(name, 'latin1'))
    this.#next = new Int8Array(names.length)
    for (const [index, name] of this.#names.entries()) {
      const place = placeOf(name.length, name[0] ?? 0)
      this.#next[index] = this.#table[place] ?? NONE
      this.#table[place] = index
    }
  }

  /** Index of the name that stands from `begin` to before `end`, or -1. */
  find(bytes: Buffer, begin: number, end: number): number {
    let index = this.#table[placeOf(end - begin, bytes[begin] ?? 0)] ?? NONE
    while (index !== NONE && !isAt(bytes, begin, end, this.#names[index])) index = this.#next[index] ?? NONE
    return index
  }
}

const NONE = -1

function isAt(bytes: Buffer, begin: number, end: number, name: Buffer | undefined): boolean {
  if (name?.length !== end - begin) return false
  for (let at = 0; at < name.length; at++) if (((bytes[begin + at] ?? 0) | 32) !== name[at]) return false
  return true
}

const placeOf = (length: number, first: number): number => ((length & 31) << 7) | ((first | 32) & 127)
