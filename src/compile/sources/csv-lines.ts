/**
 * Reads a CSV file of millions of short rows, a chunk at a time: the fields of every line, and its number.
 *
 * A row is one line here, as it is in every file of address ranges; that makes two things possible. A quote that is
 * never closed is an error of its own line instead of swallowing the rest of the file. And lines without a quote, four
 * of five in the AS table, are simply cut at their commas; csv-parse reads the others. That takes half a second where
 * csv-parse alone takes one and a half.
 */
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { CsvError } from 'csv-parse'
import { parse } from 'csv-parse/sync'
import { SourceError } from './source.ts'

export interface CsvLine {
  readonly line: number
  readonly fields: readonly string[]
}

/** Characters. The longest row of the AS table of 2026 has 160; a file without any line break is no CSV file. */
const LONGEST_LINE = 65_536
const CHUNK_BYTES = 256 * 1024
const BYTE_ORDER_MARK = /^\ufeff/

/** The rows of each chunk of the file; empty lines are left out. @throws SourceError naming file and line. */
export async function* readCsvLines(path: string): AsyncGenerator<readonly CsvLine[]> {
  const file = basename(path)
  let line = 0
  let rest = ''
  for await (const chunk of createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK_BYTES })) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > LONGEST_LINE) throw new SourceError(file, line + lines.length + 1, `is longer than ${LONGEST_LINE} characters`)
    yield cutLines(lines, file, line)
    line += lines.length
  }
  if (rest !== '') yield cutLines([rest], file, line)
}

/** @param before number of lines before the first of these. */
function cutLines(lines: readonly string[], file: string, before: number): CsvLine[] {
  const rows: CsvLine[] = []
  const quoted: { readonly index: number; readonly text: string; readonly line: number }[] = []
  for (const [index, raw] of lines.entries()) {
    const line = before + index + 1
    const text = (line === 1 ? raw.replace(BYTE_ORDER_MARK, '') : raw).trimEnd()
    if (text === '') continue
    if (!text.includes('"')) rows.push({ line, fields: text.split(',') })
    else quoted.push({ index: rows.push({ line, fields: [] }) - 1, text, line })
  }
  const parsed = parseTogether(quoted.map(({ text }) => text))
  for (const [place, { index, text, line }] of quoted.entries()) {
    rows[index] = { line, fields: parsed?.[place] ?? parseAlone(text, file, line) }
  }
  return rows
}

/** All lines in one call, because a call costs more than a line. Null when they are not one row each. */
function parseTogether(lines: readonly string[]): string[][] | null {
  try {
    const rows = parse(lines.join('\n'), { relax_column_count: true })
    return rows.length === lines.length ? rows : null
  } catch {
    return null
  }
}

/** One line, to find out which of many is wrong. */
function parseAlone(text: string, file: string, line: number): string[] {
  try {
    return parse(text, { relax_column_count: true })[0] ?? []
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new SourceError(file, line, error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : error.message)
  }
}
