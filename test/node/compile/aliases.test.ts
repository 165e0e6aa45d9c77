import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readAliases } from '../../../src/compile/aliases.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-aliases-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(...rows: string[]): string {
  const path = join(folder, 'aliases.csv')
  writeFileSync(path, ['old,new,since,why', ...rows, ''].join('\n'))
  return path
}

describe('keys of renamed companies', () => {
  test('the list that ships can be read', () => {
    expect(readAliases()).toEqual({})
  })

  test('chains end at the key of today, in key order', () => {
    const path = file('dom:b.example,dom:c.example,2026-01-01,renamed', 'dom:a.example,dom:b.example,2025-01-01,merged')
    expect(readAliases(path)).toEqual({ 'dom:a.example': 'dom:c.example', 'dom:b.example': 'dom:c.example' })
  })

  test.each([
    [['a.example,dom:b.example,2026-01-01,x'], 'aliases.csv:2: old'],
    [['dom:a.example,dom:b.example,yesterday,x'], 'aliases.csv:2: since'],
    [
      ['dom:a.example,dom:b.example,2026-01-01,x', 'dom:a.example,dom:c.example,2026-01-01,x'],
      'aliases.csv:3: dom:a.example is replaced twice',
    ],
    [['dom:a.example,dom:b.example,2026-01-01,x', 'dom:b.example,dom:a.example,2026-01-01,x'], 'replaced in a circle'],
    [['dom:a.example,dom:a.example,2026-01-01,x'], 'replaced in a circle'],
  ])('%j is refused with file and line', (rows, message) => {
    expect(() => readAliases(file(...rows))).toThrow(message)
  })
})
