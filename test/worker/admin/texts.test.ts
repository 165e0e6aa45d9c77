import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import * as german from '../../../src/admin/texts/de/index.ts'
import * as english from '../../../src/admin/texts/en/index.ts'
import { readTexts } from '../../../src/admin/texts/index.ts'
import { emptyPromises } from '../../empty-promises.ts'

/** Every text by its place: `companies.filters.country`. Functions are called with these parts, then with their own parameters' places. */
function flat(texts: object, at = '', parts: readonly string[] = []): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(texts)) {
    const place = at === '' ? name : `${at}.${name}`
    if (typeof value === 'string') found.set(place, value)
    else if (typeof value === 'function') {
      const said: unknown = value(...Array.from({ length: 6 }, (_, index) => parts[index] ?? `«${index}»`))
      for (const [inner, text] of typeof said === 'string' ? [['', said] as const] : flat(said as object, '', parts))
        found.set(`${place}()${inner}`, text)
    } else if (typeof value === 'object' && value !== null) for (const [inner, text] of flat(value, place, parts)) found.set(inner, text)
    else throw new Error(`${place} is neither text nor function`)
  }
  return found
}

const de = flat(german)
const en = flat(english)

/** The same word in both languages, or a name. */
const ALIKE = new Set([
  'company.facts.website',
  'frame.nav.tokens',
  'privacy.objections.domains',
  'ranges.version',
  'traffic.device.tablet',
])

describe('the texts of the dashboard', () => {
  test('have the same places in both languages', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('are none of them empty, padded or left untranslated', () => {
    for (const [place, text] of [...de, ...en]) expect([place, text.trim()]).toEqual([place, text === '' ? 'a text' : text])
    const same = [...en].filter(([place, text]) => de.get(place) === text && /[a-z]{4}/.test(text.replace(/«\d+»|`[^`]*`/g, '')))
    expect(same.map(([place]) => place).filter((place) => !ALIKE.has(place))).toEqual([])
  })

  test('use every part they are given in both languages', () => {
    const parts = (text: string) => [...text.matchAll(/«\d+»/g)].map(String).sort().join()
    for (const [place, text] of en) expect([place, parts(de.get(place) ?? '')]).toEqual([place, parts(text)])
  })

  test('close what they open: every backtick has its partner', () => {
    for (const [place, text] of [...de, ...en]) expect([place, text.split('`').length % 2]).toEqual([place, 1])
  })

  test('promise nothing that nobody can keep', () => {
    expect(emptyPromises(JSON.stringify([[...de.values()], [...en.values()]]))).toEqual([])
  })

  test.each([
    ['de', german],
    ['en', english],
  ] as const)('are read by the Worker as they were written: %s, for one and for many', async (language, written) => {
    const built = await readTexts(env, language)
    for (const part of ['«0»', '1', '2', '0', '1.234', '']) {
      for (const other of ['«1»', '1']) expect(flat(built, '', [part, other])).toEqual(flat(written, '', [part, other]))
    }
  })
})
