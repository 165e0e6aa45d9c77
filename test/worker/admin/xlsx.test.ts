import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import type { Cell, Sheet } from '../../../src/admin/export/cells.ts'
import { write } from '../../../src/admin/export/formats.ts'

const sheet = (columns: readonly string[], rows: readonly (readonly Cell[])[]): Sheet => ({
  columns,
  rows: (async function* () {
    yield* rows
  })(),
})

/** Opened by a library of others. */
async function opened(of: Sheet, name = 'Companies'): Promise<{ readonly name: string; readonly rows: readonly (readonly unknown[])[] }> {
  const book = await readXlsx(new Uint8Array(await new Response(write('xlsx', of, name)).arrayBuffer()))
  expect(book.sheets).toHaveLength(1)
  return { name: book.sheets[0]?.name ?? '', rows: book.sheets[0]?.rows ?? [] }
}

test('what was written is read again: texts, numbers, switches, nothing, in their columns', async () => {
  const { name, rows } = await opened(
    sheet(
      ['name', 'views', 'new', 'city', 'note'],
      [
        ['Müller & Söhne <GmbH> "A"', 12, true, null, '  spaced  '],
        ['日本 🏢', 0.5, false, 'Köln', 'two\nlines'],
      ],
    ),
  )
  expect(name).toBe('Companies')
  expect(rows).toEqual([
    ['name', 'views', 'new', 'city', 'note'],
    ['Müller & Söhne <GmbH> "A"', 12, true, null, '  spaced  '],
    ['日本 🏢', 0.5, false, 'Köln', 'two lines'],
  ])
})

test.each(['=1+1', '+1', '-1', '@x', '\tx'])('%j is no formula, and no letter breaks the file', async (text) => {
  const { rows } = await opened(sheet(['a'], [[text], ['\u0000\u0007\ud800\uffff'], [']]><c>']]))
  expect(rows.slice(1).map(([value]) => value)).toEqual([`'${text}`.replace('\t', ' '), '  \ufffd ', ']]><c>'])
})

test('thousands of rows come in pieces and are all there', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => [`company ${index}`, index])
  let pieces = 0
  for await (const _ of write('xlsx', sheet(['name', 'n'], rows), 'x') as unknown as AsyncIterable<Uint8Array>) pieces += 1
  expect(pieces).toBeGreaterThan(20)
  const read = await opened(sheet(['name', 'n'], rows))
  expect([read.rows.length, read.rows.at(-1)]).toEqual([20_001, ['company 19999', 19_999]])
})

test('an empty list is a workbook with its heading', async () => {
  expect((await opened(sheet(['a', 'b'], []))).rows).toEqual([['a', 'b']])
})

test('a source that fails fails the file, and whoever stops reading ends the source', async () => {
  const failing: Sheet = {
    columns: ['a'],
    rows: (async function* () {
      yield ['x']
      throw new Error('the ledger broke off')
    })(),
  }
  await expect(new Response(write('xlsx', failing, 'x')).arrayBuffer()).rejects.toThrow()
  const endless: Sheet = {
    columns: ['a'],
    rows: (async function* () {
      for (let index = 0; ; index += 1) yield [crypto.randomUUID(), index]
    })(),
  }
  const reader = write('xlsx', endless, 'x').getReader()
  for (let piece = 0; piece < 12; piece += 1) expect((await reader.read()).done).toBe(false)
  await reader.cancel()
})
