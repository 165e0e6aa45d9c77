import { readFile } from 'node:fs/promises'
import * as fc from 'fast-check'
import { getDomain as tldts } from 'tldts-icann'
import { describe, expect, test } from 'vitest'
import { getDomain } from '../../src/public-suffix.ts'
import { suffixModule, suffixRules } from '../../src/tools/build/suffixes.ts'

/** The packed list against the library it is packed from. */
const rules = await suffixRules()

const agree = (host: string): void => {
  for (const check of [{}, { validateHostname: true }]) expect([host, getDomain(host, check)]).toEqual([host, tldts(host, check)])
}

describe('the registrable domain', () => {
  test('is what tldts says, on every rule of the list and around it', () => {
    expect(rules.length).toBeGreaterThan(7000)
    for (const rule of rules) {
      const suffix = rule.replace('!', '').replace('*', 'x')
      for (const host of [suffix, `a.${suffix}`, `b.a.${suffix}`, `x${suffix}`, `${suffix}.`, `A.${suffix.toUpperCase()}`]) agree(host)
      agree(suffix.slice(suffix.indexOf('.') + 1))
    }
  })

  // The newer tldts-core reads a backslash as browsers do, the one inside tldts-icann's bundle for Node does not.
  test('is what tldts says, on hosts nobody would think of', () => {
    const label = fc.oneof(
      fc.constantFrom(...rules.flatMap((rule) => rule.split('.')), 'com', 'www', '', '-', '!www', '~', '(', ' '),
      fc.string({ maxLength: 8 }).filter((text) => !text.includes('\\')),
    )
    const host = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join('.'))
    const strange = fc.constantFrom(
      '203.0.113.7',
      '[2001:db8::1]',
      'https://user@www.example.co.uk:8080/path?q',
      'localhost',
      '//x.example',
      '.'.repeat(300),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          { weight: 9, arbitrary: host },
          { weight: 1, arbitrary: fc.oneof(strange, fc.string()).filter((text) => !text.includes('\\')) },
        ),
        agree,
      ),
      {
        numRuns: 20_000,
        seed: 7,
      },
    )
  })

  test('comes from the list of the installed version', async () => {
    expect(await readFile('src/suffixes.ts', 'utf8')).toBe(await suffixModule())
  })
})
