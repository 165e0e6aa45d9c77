import { describe, expect, test } from 'vitest'
import { hourOf } from '../../../src/ledger/clock.ts'
import { addDays, hoursOf } from '../../../src/ledger/period.ts'
import { readSite } from '../../../src/ledger/site.ts'
import { countsOfDay, DAYS_OF_DEMO, guestsOf } from '../../../src/tools/demo/month/month.ts'
import { demoSite } from '../../../src/tools/start/demo-site.ts'
import type { CompanyKey, CompanyRecord } from '../../../src/words.ts'

const { settings, ...draft } = demoSite(8788)
const site = readSite({ id: draft.id, name: draft.name, basis: draft.basis, time_zone: draft.timeZone, settings: JSON.stringify(settings) })

const companies = Array.from({ length: 300 }, (_, index): CompanyRecord => {
  const name = index === 7 ? 'BMW Group' : `Company ${index}`
  const receipt = {
    source: '',
    licence: '',
    sourceVersion: '',
    sourceDate: '2026-06-17',
    evidence: '',
    confidence: 75,
    tableVersion: '',
    fields: [],
  }
  const rest = { kind: 'business', domain: null, city: null, industry: null, receipt } as const
  return {
    ...rest,
    key: `dom:c${index}.example` as CompanyKey,
    name,
    country: index % 3 === 0 ? 'DE' : 'JP',
    employees: index % 2 === 0 ? '10001+' : '11-50',
  }
})
const guests = guestsOf(companies)
const LAST = '2026-11-20'
const day = (name: string, until = Number.MAX_SAFE_INTEGER) => countsOfDay(site, name, DAYS_OF_DEMO - 1, until, guests)

describe('the invented month', () => {
  test('is the same on every machine: a day by itself, whatever order the table has', () => {
    expect(day(LAST)).toEqual(day(LAST))
    expect(guestsOf(companies.toReversed())).toEqual(guests)
    expect(day(LAST)).not.toEqual(day(addDays(LAST, -1)))
  })

  test('holds nothing that has not happened yet', () => {
    const until = hourOf(Date.parse(`${LAST}T10:00:00Z`))
    const { activity } = day(LAST, until)
    expect(activity.length).toBeGreaterThan(0)
    expect(activity.every(([, , hour]) => hour < until)).toBe(true)
    expect(day(LAST, hoursOf({ from: LAST, to: LAST }, site.timeZone).from)).toMatchObject({ activity: [], totals: [] })
  })

  test('has whom a visitor of the demo can pretend to be, quiet weekends, and companies that come later', () => {
    expect(guests.map(({ company }) => company.name)).toContain('BMW Group')
    expect(day('2026-11-22').activity.length).toBeLessThan(day(LAST).activity.length / 3)
    expect(countsOfDay(site, LAST, 0, Number.MAX_SAFE_INTEGER, guests).companies.length).toBeLessThan(guests.length)
  })

  test('keeps ways as the Worker would: only of companies known to be large enough', () => {
    const small = new Set(guests.filter(({ company }) => company.employees === '11-50').map(({ company }) => String(company.key)))
    const weeks = Array.from({ length: 14 }, (_, back) => day(addDays(LAST, -back)).activity).flat()
    expect(weeks.filter(([, key]) => small.has(key)).filter(([, , , , , origin]) => origin.startsWith('/'))).toEqual([])
    expect(weeks.some(([, , , , , origin]) => origin.startsWith('/'))).toBe(true)
  })
})
