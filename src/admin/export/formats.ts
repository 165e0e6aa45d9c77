import { type Cell, defused, type Sheet } from './cells.ts'
import { xlsx } from './xlsx.ts'

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
      return stream(encoded(csvLines(sheet)))
    case 'ndjson':
      return stream(encoded(jsonLines(sheet)))
    case 'xlsx':
      return stream(xlsx(sheet, name))
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

const CHUNK = 32 * 1024

/** Lines gathered to chunks. */
async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = ''
  for await (const line of lines) {
    text += line
    if (text.length < CHUNK) continue
    yield encoder.encode(text)
    text = ''
  }
  if (text !== '') yield encoder.encode(text)
}

/** Made only as fast as it is read. */
function stream(parts: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next()
      if (next.done === true) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
