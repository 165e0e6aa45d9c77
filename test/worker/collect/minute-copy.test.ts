import { describe, expect, test } from 'vitest'
import { minuteCopy } from '../../../src/collect/minute-copy.ts'

describe('the isolate’s copy of a list', () => {
  test('is read once a minute', async () => {
    let reads = 0
    const copy = minuteCopy(async () => ++reads, 0)
    expect([await copy.current(0), await copy.current(59_999), await copy.current(60_000), await copy.current(60_001)]).toEqual([
      1, 1, 2, 2,
    ])
  })

  test('a query that never settles, because its visitor hung up, holds nobody else', async () => {
    let reads = 0
    const dead = new Promise<number>(() => undefined)
    const copy = minuteCopy(
      () => (++reads === 1 ? dead : Promise.resolve(reads)),
      0,
      async () => undefined,
    )
    void copy.current(0)
    expect(await copy.current(1)).toBeGreaterThan(1)
    expect(reads).toBeGreaterThan(1)
  })

  test('P1 a cold isolate asks once, however many visitors come at that moment', async () => {
    let reads = 0
    const copy = minuteCopy(async () => ++reads, 0)
    expect(await Promise.all(Array.from({ length: 8 }, () => copy.current(0)))).toEqual(Array.from({ length: 8 }, () => 1))
  })

  test('whoever waited for the query of a visitor who hung up asks for itself', async () => {
    let reads = 0
    const copy = minuteCopy(() => (++reads === 1 ? Promise.reject(new Error('the request has ended')) : Promise.resolve(reads)), 0)
    expect(await Promise.all([copy.current(0), copy.current(0)])).toContain(2)
  })

  test('while one request reads anew the others take the old copy', async () => {
    let reads = 0
    const copy = minuteCopy(() => (++reads === 2 ? new Promise<number>(() => undefined) : Promise.resolve(reads)), 0)
    await copy.current(0)
    void copy.current(60_000)
    expect(await copy.current(60_001)).toBe(1)
    expect(await copy.current(120_000)).toBe(3)
  })

  test('a failure keeps what is known, and is tried again soon where nothing is', async () => {
    let reads = 0
    const copy = minuteCopy(async () => {
      if (++reads % 2 === 1) throw new Error('D1 is away')
      return reads
    }, 0)
    expect([await copy.current(0), await copy.current(999), await copy.current(1_000)]).toEqual([0, 0, 2])
    expect([await copy.current(61_000), await copy.current(61_001)]).toEqual([2, 2])
  })

  test('a clock that jumped back makes it old', async () => {
    let reads = 0
    const copy = minuteCopy(async () => ++reads, 0)
    await copy.current(1_000_000)
    expect(await copy.current(5)).toBe(2)
  })
})
