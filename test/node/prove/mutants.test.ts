import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allMutants, MUTANTS, readMutant, refusalOf, tryMutant } from '../../../src/tools/prove/mutants.ts'
import { PLACES } from '../../../src/tools/prove/places.ts'
import { secretsOfToday } from '../../../src/tools/prove/proof.ts'

/** All of them run with `npm run prove -- --mutants`; here they only have to fit, and one of them has to be found. */
const mutants = allMutants()
const KNOWN = [...PLACES.map(({ id }) => id as string), 'P1', 'P3', 'P9']

describe('leak mutants', () => {
  test('P10 are at least 25', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(25)
  })

  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    'P10 %s says what it does and where it must be found, and still applies',
    (_name, mutant) => {
      expect(mutant.what).not.toBe('')
      expect(mutant.found).not.toEqual([])
      expect(mutant.found.filter((place) => !KNOWN.includes(place))).toEqual([])
      expect(refusalOf(mutant)).toBeNull()
    },
  )

  test('P3 a digest with a secret salt is found by comparing twins', async () => {
    const mutant = readMutant(join(MUTANTS, 'store-secret-hash.patch'))
    expect(await tryMutant(mutant, secretsOfToday(new Date()), new Set())).toMatchObject({ fate: 'killed' })
  })

  test('a patch that no longer fits fails the run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorplate-patch-'))
    const path = join(folder, 'old.patch')
    writeFileSync(
      path,
      'What: nothing\nFound: rows\n\n--- a/src/index.ts\n+++ b/src/index.ts\n@@ -1,1 +1,1 @@\n-never was here\n+is here\n',
    )
    const fate = await tryMutant(readMutant(path), secretsOfToday(new Date()), new Set())
    rmSync(folder, { recursive: true })
    expect(fate).toMatchObject({ fate: 'does not apply', why: expect.stringContaining('src/index.ts') })
  })
})
