/**
 * A one-page PDF of a product's technical data, written by hand: the demo's download must be a real file, and a PDF
 * library would be larger than the rest of this website.
 *
 * ISO 32000-1, 7.5: header, objects, cross-reference table with byte offsets, trailer. Text is WinAnsi, which is
 * Latin-1 but for 32 characters; those of them that the catalogue uses are mapped.
 */
import { dataSheetName, PRODUCTS, type Product } from './catalogue.ts'
import { COMPANY } from './page.ts'

const WIN_ANSI: Readonly<Record<string, string>> = {
  '…': '\x85',
  '–': '\x96',
  '−': '-',
  '’': '\x92',
  '“': '\x93',
  '”': '\x94',
  '€': '\x80',
}

export function dataSheet(product: Product): Uint8Array<ArrayBuffer> {
  const drawn = [
    '0.04 0.36 0.33 rg 0 802 595 40 re f 1 g',
    text(COMPANY, 48, 816, 12, 'F2'),
    '0.09 0.13 0.12 rg',
    text(product.name, 48, 732, 34, 'F2'),
    text(product.kind, 48, 708, 13, 'F1'),
    text(product.claim, 48, 672, 15, 'F2'),
    ...product.facts.flatMap(([name, value], line) => {
      const y = 620 - line * 30
      return [`0.8 0.84 0.83 RG 48 ${y - 11} m 547 ${y - 11} l S`, text(name, 48, y, 11, 'F1'), text(value, 240, y, 11, 'F2')]
    }),
    text('Pellworth is an invented company. This data sheet belongs to the demo website of Doorplate.', 48, 48, 9, 'F1'),
  ].join('\n')

  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>',
    `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    `<< /Title (${escaped(`${COMPANY} ${product.name}`)}) >>`,
  ]
  return assemble(objects)
}

/** Every object begins at the byte that the table says: the text is kept one character to a byte throughout. */
function assemble(objects: readonly string[]): Uint8Array<ArrayBuffer> {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, at) => {
    const offset = file.length
    file += `${at + 1} 0 obj\n${object}\nendobj\n`
    return String(offset).padStart(10, '0')
  })
  const table = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${offset} 00000 n \n`).join('')}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>\nstartxref\n${table}\n%%EOF\n`
  return Uint8Array.from(file, (character) => character.charCodeAt(0))
}

function text(words: string, x: number, y: number, size: number, font: 'F1' | 'F2'): string {
  return `BT /${font} ${size} Tf ${x} ${y} Td (${escaped(words)}) Tj ET`
}

function escaped(words: string): string {
  return words.replace(/[…–−’“”€]/g, (character) => WIN_ANSI[character] ?? '?').replace(/[\\()]/g, '\\$&')
}

/** File name → bytes. */
export const DATA_SHEETS: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map(
  PRODUCTS.map((product) => [dataSheetName(product), dataSheet(product)]),
)
