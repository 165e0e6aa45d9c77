/**
 * Reads a CSV file of millions of short rows, a chunk at a time: the fields of every line, and its number.
 *
 * A row is one line here, as it is in every file of address ranges; that makes two things possible. A quote that is
 * never closed is an error of its own line instead of swallowing the rest of the file. And lines without a quote, four
 * of five in the AS table, are simply cut at their commas; csv-parse reads the others. That takes half a second where
 * csv-parse alone takes one and a half.
 */
import { basename } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { type Reading, readChunks } from './read-file.ts'
import { SourceError } from './source.ts'

export interface CsvLine {
  readonly line: number
  readonly fields: readonly string[]
}

export interface CsvFormat {
  /** A comma unless said otherwise. Only fields between commas or semicolons may stand in quotes. */
  readonly separator?: ',' | ';' | '\t' | '|'
  /** What stands before a quote inside quotes: another quote unless said otherwise. */
  readonly escape?: '"' | '\\'
  /** Whether a line that begins with `#` says nothing. */
  readonly comments?: boolean
  /** Counts the bytes and the rows. */
  readonly reading?: Reading
  /** Takes lines that are no row instead of the error; for files that nobody here can mend. */
  readonly onBroken?: (line: number, problem: string) => void
}

/** Characters. The longest row of the AS table of 2026 has 160; a file without any line break is no CSV file. */
const LONGEST_LINE = 65_536
const BYTE_ORDER_MARK = /^\ufeff/

/** The rows of each chunk of the file; empty lines are left out. @throws SourceError naming file and line. */
export async function* readCsvLines(path: string, format: CsvFormat = {}): AsyncGenerator<readonly CsvLine[]> {
  const cutter = new LineCutter(basename(path), format)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  for await (const chunk of readChunks(path, format.reading)) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE)
      throw new SourceError(basename(path), cutter.line + lines.length + 1, `is longer than ${LONGEST_LINE} characters`)
    yield cutter.cut(lines)
  }
  rest += decoder.end()
  if (rest !== '') yield cutter.cut([rest])
}

class LineCutter {
  /** Lines read so far. */
  line = 0
  readonly #file: string
  readonly #format: CsvFormat
  readonly #separator: string
  readonly #quotes: boolean

  constructor(file: string, format: CsvFormat) {
    this.#file = file
    this.#format = format
    this.#separator = format.separator ?? ','
    this.#quotes = this.#separator === ',' || this.#separator === ';'
  }

  cut(lines: readonly string[]): CsvLine[] {
    const rows: CsvLine[] = []
    const quoted: { readonly index: number; readonly text: string; readonly line: number }[] = []
    for (const raw of lines) {
      const line = ++this.line
      const text = trimmed(line === 1 ? raw.replace(BYTE_ORDER_MARK, '') : raw, this.#separator)
      if (text === '' || (this.#format.comments === true && text.startsWith('#'))) continue
      if (!this.#quotes || !text.includes('"')) rows.push({ line, fields: text.split(this.#separator) })
      else quoted.push({ index: rows.push({ line, fields: [] }) - 1, text, line })
    }
    const parsed = this.#parseTogether(quoted.map(({ text }) => text))
    const broken = new Set<number>()
    for (const [place, { index, text, line }] of quoted.entries()) {
      const fields = parsed?.[place] ?? this.#parseAlone(text, line)
      if (fields === null) broken.add(index)
      else rows[index] = { line, fields }
    }
    const whole = broken.size === 0 ? rows : rows.filter((_, index) => !broken.has(index))
    if (this.#format.reading) this.#format.reading.rows += whole.length
    return whole
  }

  /** All lines in one call, because a call costs more than a line. Null when they are not one row each. */
  #parseTogether(lines: readonly string[]): string[][] | null {
    try {
      const rows = this.#parse(lines.join('\n'))
      return rows.length === lines.length ? rows : null
    } catch {
      return null
    }
  }

  /** One line, to find out which of many is wrong; null when somebody took it. */
  #parseAlone(text: string, line: number): string[] | null {
    try {
      return this.#parse(text)[0] ?? []
    } catch (error) {
      if (!(error instanceof CsvError)) throw error
      const problem = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : error.message
      if (!this.#format.onBroken) throw new SourceError(this.#file, line, problem)
      this.#format.onBroken(line, problem)
      return null
    }
  }

  #parse(text: string): string[][] {
    return parse(text, { relax_column_count: true, delimiter: this.#separator, escape: this.#format.escape ?? '"' })
  }
}

/** Without the blanks at its end, among them the `\r` of Windows; a tab that separates is no blank. */
const trimmed = (text: string, separator: string): string => (separator === '\t' ? text.replace(/[\r ]+$/, '') : text.trimEnd())
