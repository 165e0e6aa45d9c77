import { type Cell, defused, type Sheet } from './cells.ts'
import { zip } from './zip.ts'

/**
 * A workbook of one sheet (ECMA-376): the five files that every spreadsheet program asks for, texts inline, no styles.
 * Written here because a library for it was a fifteenth of the whole Worker; a test opens the files with that library.
 */
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const TYPES = `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${PART}.worksheet+xml"/></Types>`

const relation = (type: string, target: string): string =>
  `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/${type}" Target="${target}"/></Relationships>`

/** @param name of the sheet: at most 31 letters, none of which a sheet's name may not have. */
export function xlsx(sheet: Sheet, name: string): AsyncGenerator<Uint8Array> {
  const book = `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`
  return zip([
    { name: '[Content_Types].xml', text: [TYPES] },
    { name: '_rels/.rels', text: [relation('officeDocument', 'xl/workbook.xml')] },
    { name: 'xl/workbook.xml', text: [book] },
    { name: 'xl/_rels/workbook.xml.rels', text: [relation('worksheet', 'worksheets/sheet1.xml')] },
    { name: 'xl/worksheets/sheet1.xml', text: sheetXml(sheet) },
  ])
}

/** Rows are gathered, because each part that is deflated is a step of its own. */
const GATHERED = 32 * 1024

async function* sheetXml({ columns, rows }: Sheet): AsyncGenerator<string> {
  let text = `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>${row(columns)}`
  for await (const cells of rows) {
    text += row(cells)
    if (text.length < GATHERED) continue
    yield text
    text = ''
  }
  yield `${text}</sheetData></worksheet>`
}

const row = (cells: readonly Cell[]): string => `<row>${cells.map(cell).join('')}</row>`

/** Strings are text here, which no spreadsheet computes; they are defused all the same, for whoever saves it as CSV. */
function cell(value: Cell): string {
  if (value === null) return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c t="b"><v>${Number(value)}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(String(defused(value)))}</t></is></c>`
}

/** XML knows no control characters; one would make the whole file unreadable. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
