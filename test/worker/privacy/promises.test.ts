import { describe, expect, test } from 'vitest'
import { RETENTION } from '../../../src/ledger/retention.ts'
import { THRESHOLDS } from '../../../src/privacy/manifest.ts'
import { PROMISES } from '../../../src/privacy/promises.ts'
import { LIMITS } from '../../../src/privacy/texts/limits.ts'
import { readFacts } from '../../../src/privacy/texts/text.ts'
import { toms } from '../../../src/privacy/texts/toms.ts'
import { source } from './sources.ts'

describe('the promises', () => {
  test('P10 are ten, in order, each in both languages with what proves it', () => {
    expect(PROMISES.map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, at) => `P${at + 1}`))
    for (const { id, title, says, provedBy } of PROMISES) {
      expect(Math.min(title.de.length, title.en.length, says.de.length, says.en.length, provedBy.length), id).toBeGreaterThan(0)
      expect(says.de, id).not.toBe(says.en)
    }
  })

  test('P7 the figures in the sentence are those of the purge', () => {
    const seven = PROMISES.find(({ id }) => id === 'P7')
    for (const language of ['de', 'en'] as const) {
      expect(seven?.says[language]).toContain(`${RETENTION.ledgerDays} ${language === 'de' ? 'Tage' : 'days'}`)
      expect(seven?.says[language]).toContain(`${Math.round(RETENTION.totalsDays / 30.44)} ${language === 'de' ? 'Monate' : 'months'}`)
    }
  })

  test('P4 the figures in the sentence are those of the manifest', () => {
    const four = PROMISES.find(({ id }) => id === 'P4')
    expect(four?.says.en).toContain(
      `${THRESHOLDS.companyIpv4AddressesAtLeast} IPv4 addresses or ${THRESHOLDS.companyIpv6NetworksAtLeast} IPv6 /56`,
    )
    expect(four?.says.de).toContain(
      `${THRESHOLDS.companyIpv4AddressesAtLeast} IPv4-Adressen oder ${THRESHOLDS.companyIpv6NetworksAtLeast} IPv6-Netze`,
    )
  })
})

describe('what we cannot promise', () => {
  test.each([
    ['cloudflare-sees-the-address', /Cloudflare/],
    ['logs-of-the-operator', /Logpush/],
    ['restore-points', /7 .*30/],
    ['refusals-are-device-local', /Global Privacy Control/],
    ['k-applies-to-what-pages-release', /\(k\)/],
    ['the-operator-can-change-the-code', /Code|code/],
    ['hashes', /Commit/],
    ['web-server-logs', /Webserver|web server/],
    ['a-name-in-a-path', /:name/],
    ['eprivacy-is-unsettled', /2\/2023/],
    ['a-name-can-be-wrong', /range table|Adresstabelle/],
  ])('P10 says "%s" in both languages', (id, about) => {
    const line = LIMITS.find((limit) => limit.id === id)
    expect(line?.en).toMatch(about)
    expect(line?.de).toMatch(about)
    expect(line?.de).not.toBe(line?.en)
  })

  test('P10 no line is missing in either language, and the sheet of measures carries all of them', () => {
    for (const language of ['de', 'en'] as const) {
      const sheet = toms.body[language](readFacts(source(), language))
      for (const limit of LIMITS) {
        expect(limit[language].length, limit.id).toBeGreaterThan(20)
        expect(sheet).toContain(limit[language])
      }
    }
  })
})
