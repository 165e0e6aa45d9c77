import { writeXlsxStream } from 'hucre/xlsx'
import { type Cell, defused, type Sheet } from './cells.ts'

/** A sheet as CSV (RFC 4180, UTF-8 with BOM so that Excel reads umlauts), NDJSON or XLSX; streamed. */
export const FORMATS = ['csv', 'ndjson', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]

export const TYPES = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<Format, string>

/** @param name of the sheet in a workbook. */
export function write(format: Format, sheet: Sheet, name: string): ReadableStream<Uint8Array> {
  switch (format) {
    case 'csv':
      return stream(csvLines(sheet))
    case 'ndjson':
      return stream(jsonLines(sheet))
    case 'xlsx':
      return writeXlsxStream(xlsxRows(sheet), { name })
  }
}

async function* csvLines({ columns, rows }: Sheet): AsyncGenerator<string> {
  yield `\uFEFF${columns.join(',')}\r\n`
  for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  const text = String(defused(cell) ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

async function* jsonLines({ columns, rows }: Sheet): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])))}\n`
}

/** Strings are written as text, which no spreadsheet computes; they are defused all the same, for whoever saves it as CSV. */
async function* xlsxRows({ columns, rows }: Sheet): AsyncGenerator<Cell[]> {
  yield [...columns]
  for await (const row of rows) yield row.map((cell) => xmlSafe(defused(cell)))
}

/** XML knows no control characters; one would make the whole file unreadable. */
function xmlSafe(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ') : cell
}

const CHUNK = 32 * 1024

/** Lines gathered to chunks, made only as fast as they are read. */
function stream(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      let text = ''
      while (text.length < CHUNK) {
        const next = await lines.next()
        if (next.done === true) {
          if (text !== '') controller.enqueue(encoder.encode(text))
          controller.close()
          return
        }
        text += next.value
      }
      controller.enqueue(encoder.encode(text))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
