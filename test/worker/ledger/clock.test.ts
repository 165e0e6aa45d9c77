import { describe, expect, test } from 'vitest'
import { hourOf, localDay } from '../../../src/ledger/clock.ts'

const at = (iso: string) => hourOf(Date.parse(iso))

describe('days in the site’s time zone', () => {
  test.each([
    ['2026-11-21T22:59:59Z', 'Europe/Berlin', '2026-11-21', 24],
    ['2026-11-21T23:00:00Z', 'Europe/Berlin', '2026-11-22', 24],
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-29', 23],
    ['2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-25', 25],
    ['2026-11-21T00:00:00Z', 'America/New_York', '2026-11-20', 24],
    ['2026-11-21T00:00:00Z', 'UTC', '2026-11-21', 24],
  ])('%s in %s is %s, a day of %i hours', (iso, zone, day, hours) => {
    const local = localDay(at(iso), zone)
    expect(local.day).toBe(day)
    expect(local.to - local.from).toBe(hours)
    expect(local.from).toBeLessThanOrEqual(at(iso))
    expect(local.to).toBeGreaterThan(at(iso))
  })

  test('where a zone is off the full hour, an hour belongs to the day it begins in', () => {
    expect(localDay(at('2026-11-21T18:00:00Z'), 'Asia/Kolkata').day).toBe('2026-11-21')
    expect(localDay(at('2026-11-21T19:00:00Z'), 'Asia/Kolkata').day).toBe('2026-11-22')
  })
})
