import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROMISES } from '../../src/privacy/promises.ts'
import { LIMITS } from '../../src/privacy/texts/limits.ts'
import { forms, PAGE, withSections } from '../../src/tools/privacy/docs.ts'
import { emptyPromises } from '../empty-promises.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const filesIn = (folder: string, name: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file))

const page = read(PAGE)

/**
 * The sentences of a page: a row of a table or a heading is one, a paragraph or list entry is split at full stops.
 * A row that begins with an id carries it for all it says.
 */
function sentencesOf(text: string): string[] {
  return text
    .split(/\n\s*\n|\n(?=[|#-])/)
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .flatMap((block) => (/^[|#]/.test(block) ? [block] : block.split(/(?<=[.!?])\s+(?=[A-ZÄÖÜ`*])/)))
}

const ABSOLUTE = /\b(never|only|always|nie|niemals|nur|immer|stets|ausschließlich)\b/i
const idsIn = (text: string) => [...text.matchAll(/\bP\d+\b/g)].map(([id]) => id)
const unique = (ids: readonly string[]) => [...new Set(ids)].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)))

/** Ids at the beginning of the titles of all tests: `P1 P6 the opt-out …` names both. */
function idsOfTests(): string[] {
  const titles = filesIn('test', /\.test\.tsx?$/).flatMap((file) =>
    [...read(file).matchAll(/\(\s*['"`]((?:P\d+ )+)/g)].map(([, ids]) => ids ?? ''),
  )
  return unique(titles.flatMap(idsIn))
}

describe('docs/privacy.md', () => {
  test('is what the code makes; npm run privacy -- docs --write brings it up to date', () => {
    expect(withSections(page)).toBe(page)
  })

  test.each(forms().map((form) => [form.path, form.text] as const))('%s is what the code makes', (path, text) => {
    expect(read(path)).toBe(text)
  })

  test('every sentence that says never, only or always carries the id of a promise', () => {
    expect(sentencesOf(page).filter((sentence) => ABSOLUTE.test(sentence) && idsIn(sentence).length === 0)).toEqual([])
  })

  test('P10 no promise is without a test, and no test names a promise that is not in the page', () => {
    expect(idsOfTests()).toEqual(unique(idsIn(page)))
    expect(unique(idsIn(page))).toEqual(PROMISES.map(({ id }) => id))
  })

  test.each(PROMISES.map(({ id, provedBy }) => [id, provedBy] as const))(
    'P10 what is named as proof of %s has a test with that id',
    (id, provedBy) => {
      const files = provedBy.filter((where) => where.startsWith('test/'))
      expect(files).not.toEqual([])
      expect(files.filter((file) => !new RegExp(`\\(\\s*['"\`](?:P\\d+ )*${id} `).test(read(file)))).toEqual([])
    },
  )

  test('P10 says what we cannot promise in both languages', () => {
    for (const { id, de, en } of LIMITS) expect([page.includes(`- ${de}\n`), page.includes(`- ${en}\n`)], id).toEqual([true, true])
  })

  test('names files that exist', () => {
    const named = [...page.matchAll(/`((?:src|test|docs|migrations)\/[\w./-]+)`/g)].map(([, path]) => path ?? '')
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('the check finds a sentence without an id', () => {
    expect(
      sentencesOf('We never do it. We do it only (P2).\n\n| **P1** | always |\n- only here').filter(
        (each) => ABSOLUTE.test(each) && idsIn(each).length === 0,
      ),
    ).toEqual(['We never do it.', '- only here'])
  })
})

test.each(['README.md', 'CHANGELOG.md', ...filesIn('docs', /\.md$/), ...filesIn('src', /\.(tsx?|css|html|svg)$/)])(
  '%s promises nothing that nobody can',
  (file) => {
    expect(emptyPromises(read(file))).toEqual([])
  },
)
