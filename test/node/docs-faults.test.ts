import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Rows of the tables of docs/faults.md: what goes wrong, and the test that causes it. */
const ROWS = read('docs/faults.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| fault'))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, fault = '', visitor = '', operator = '', lost = '', named = '']) => {
    const [, file = '', title = ''] = /^`(test\/\S+\.test\.ts)` "(.+)"$/.exec(named) ?? []
    return { fault, visitor, operator, lost, file, title }
  })

describe('docs/faults.md', () => {
  test.each(ROWS)('$fault: says what is seen and lost, and its test exists', ({ visitor, operator, lost, file, title }) => {
    expect([visitor, operator, lost]).not.toContain('')
    expect(existsSync(join(ROOT, file)), file).toBe(true)
    const source = read(file)
    expect(source).toContain(title)
    expect(source).not.toMatch(/\b(?:test|describe|it)\.(?:skip|todo|only)\b/)
  })

  // Each of these has to be injected somewhere, in words of a row.
  test.each([
    ...['KV is slow', 'KV throws', 'KV is empty', 'wrong bytes'],
    ...['D1 is slow', 'overloaded', 'before it wrote', 'after it committed', 'read-only', 'table is missing', 'D1 is full'],
    ...['refuses', 'delivers twice', 'out of order', 'message the database refuses'],
    ...['clock jumps', 'isolate is killed', 'mid-publish', 'cron does not run for a week', 'two versions', 'future or the past'],
    ...['body that stalls', '100,000 distinct paths', 'forged `Origin`', '10,000 hosts', 'header bombs', '200,000'],
  ])('has a row for: %s', (fault) => {
    expect(ROWS.some((row) => row.fault.includes(fault))).toBe(true)
  })
})
