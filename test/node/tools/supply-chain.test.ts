import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { accepts, readLicences } from '../../../src/tools/licences/packages.ts'
import { newestNotes } from '../../../src/tools/upgrade/notes.ts'

describe('packages', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))

  test('every licence is one that we accept', () => {
    const all = readLicences('.')
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter(({ accepted }) => !accepted)).toEqual([])
    expect(all.filter(({ shipped }) => shipped).map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies)))
  })

  test.each([
    ['MIT', true],
    ['MIT OR GPL-3.0-only', true],
    ['(MIT AND Apache-2.0)', true],
    ['MIT AND GPL-3.0-only', false],
    ['AGPL-3.0-only', false],
    ['unknown', false],
  ])('%s: %s', (expression, accepted) => {
    expect(accepts(expression, ['MIT', 'Apache-2.0'])).toBe(accepted)
  })

  test('versions are pinned exactly', () => {
    const pinned = Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(pinned.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('no package runs a script when it is installed', () => {
    const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(Object.values(allowScripts).every((allowed) => allowed === false)).toBe(true)
  })
})

describe('migrations', () => {
  const files = readdirSync('migrations')
    .filter((name) => name.endsWith('.sql'))
    .sort()

  test('are numbered, each number once', () => {
    const numbers = files.map((name) => name.slice(0, 4))
    expect(numbers.every((number) => /^\d{4}$/.test(number))).toBe(true)
    expect(new Set(numbers).size).toBe(files.length)
  })

  test.each(files)('%s only adds, so the Worker before works on it', (name) => {
    const sql = readFileSync(`migrations/${name}`, 'utf8').replaceAll(/--[^\n]*/g, '')
    expect(sql).not.toMatch(/\b(DROP|RENAME|DELETE|UPDATE|REPLACE)\b/i)
    const added = [...sql.matchAll(/ALTER TABLE \w+ ADD COLUMN ([^;]+)/gi)].map(([, column]) => column ?? '')
    expect(added.filter((column) => /NOT NULL/i.test(column) && !/DEFAULT/i.test(column))).toEqual([])
  })
})

test('the notes of a version are its own', () => {
  const changelog = '# Changelog\n\n## 0.2.0 (unreleased)\n\n- new\n\n## 0.1.0 (2026-11-21)\n\n- first\n'
  expect(newestNotes(changelog, '0.1.0')).toBe('## 0.1.0 (2026-11-21)\n\n- first')
  expect(newestNotes(changelog, '9.9.9')).toContain('- new')
})
