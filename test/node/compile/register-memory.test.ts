import { describe, expect, test } from 'vitest'
import { openInstitutions } from '../../../src/compile/evidence/institutions.ts'
import { cleanName } from '../../../src/compile/names/clean.ts'
import { fold, nameKey, wordsOf } from '../../../src/compile/names/words.ts'
import type { SourceRow } from '../../../src/compile/sources/source.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { sourceOfRows } from './judged.ts'
import { factsOf } from './made-table.ts'

/** A register has millions of holders; what is remembered of them to be fast must not change who is listed. */
async function listed(rows: readonly Partial<SourceRow>[]): Promise<string[]> {
  const placed = rows.map((row, index) => ({ first: `10.0.${index}.0`, last: `10.0.${index}.255`, asn: 0, ...row }))
  const { companies } = await compileTable({
    sources: [sourceOfRows(placed, 'register')],
    organisations: [],
    facts: [factsOf('register'), factsOf('list')],
  })
  return companies.map(({ name, country }) => `${name}, ${country}`)
}
const UNI = 'University of Somewhere'

describe('holders of a register', () => {
  test('the same name without a country, then with one', async () =>
    expect(await listed([{ name: UNI }, { name: UNI, country: 'DE' }])).toEqual([`${UNI}, DE`]))

  test('an allocation lists nobody, and does not keep the assignment of the same holder out', async () =>
    expect(
      await listed([
        { name: UNI, country: 'DE', status: 'allocated' },
        { name: UNI, country: 'DE', status: 'assigned' },
      ]),
    ).toEqual([`${UNI}, DE`]))

  test('the organisation’s name counts, whatever the range is called', async () =>
    expect(
      await listed([
        { name: 'Kiosk', country: 'DE' },
        { name: 'Kiosk', organisation: UNI, country: 'DE' },
      ]),
    ).toEqual([`${UNI}, DE`]))

  test('nobody a thousand times, then somebody', async () => {
    const nobodies = Array.from({ length: 100 }, (_, index) => ({ name: `Kiosk ${index % 7}`, country: index % 2 === 0 ? 'DE' : 'AT' }))
    expect(await listed([...nobodies, { name: UNI, country: 'DE' }, ...nobodies])).toEqual([`${UNI}, DE`])
  })
})

describe('short ways give what the long ones give', () => {
  test.each([
    ['Rheinmetall AG', 'Rheinmetall AG', false],
    ['AS1234', '', false],
    ['FOO-AS Foo Bar', 'Foo Bar', false],
    ['Universitat Politecnica de Valenc...', 'Universitat Politecnica de Valenc...', true],
    ['Two  Spaces', 'Two Spaces', false],
    ['A'.repeat(79), 'A'.repeat(79), true],
  ])('cleanName(%j)', (raw, text, truncated) => expect(cleanName(raw)).toEqual({ text, truncated }))

  test('plain names fold like names with accents', () => {
    for (const [
      plain,
      accented,
    ] of [['Muenchen', 'München'], ['St. Johns College', 'St. John’s College'], ['Universitaet', 'Universität']] as const) // biome-ignore format: pairs
      expect([fold(plain), wordsOf(plain), nameKey(plain)]).toEqual([fold(accented), wordsOf(accented), nameKey(accented)])
  })

  test('an institution is found by a name that begins with a word that says nothing', () => {
    const register = openInstitutions()
    for (const name of ['The University of Warwick', 'University of Warwick'])
      expect(register.find(name, 'GB')).toMatchObject({ domain: 'warwick.ac.uk' })
    expect(register.find('Public University of Navarra', 'ES')).toEqual(register.find('University of Navarra', 'ES'))
  })
})
