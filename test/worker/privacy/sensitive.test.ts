import { describe, expect, test } from 'vitest'
import { isSensitive } from '../../../src/privacy/sensitive.ts'

describe('P3 sensitive paths', () => {
  test.each([
    '/karriere',
    '/de/Karriere/jobs',
    '/careers/',
    '/unternehmen/hinweisgeber',
    '/betriebsrat.html',
    '/gesundheit/beratung',
    '/login',
    '/newsletter/abmelden',
    '/impressum',
    '/datenschutz',
    '/kündigung',
  ])('P3 %s is sensitive', (path) => {
    expect(isSensitive(path, [])).toBe(true)
  })

  test.each(['/', '/blog/karriereplanung-2026', '/produkte', '/jobsuche-software', '/privacyware'])('%s is not', (path) => {
    expect(isSensitive(path, [])).toBe(false)
  })

  test('a site adds its own', () => {
    expect(isSensitive('/mandanten/x', ['mandanten'])).toBe(true)
  })
})
