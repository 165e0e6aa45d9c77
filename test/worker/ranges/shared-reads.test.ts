import { describe, expect, test } from 'vitest'
import { LATE, SharedReads } from '../../../src/ranges/shared-reads.ts'

const never = () => new Promise<never>(() => undefined)

describe('one read for many', () => {
  test('those who ask while it is under way share it', async () => {
    const shared = new SharedReads<number>(never)
    let reads = 0
    const start = async () => ++reads
    expect(await Promise.all([shared.read('a', start), shared.read('a', start), shared.read('b', start)])).toEqual([1, 1, 2])
  })

  test('whoever waited for the read of a visitor who hung up begins its own, and so does the next one', async () => {
    const shared = new SharedReads<string>(never)
    const dead = () => Promise.reject(new Error('this promise was created by a request that has since ended'))
    const [first, second] = await Promise.allSettled([shared.read('a', dead), shared.read('a', async () => 'own')])
    expect([first.status, second]).toEqual(['rejected', { status: 'fulfilled', value: 'own' }])
    expect(await shared.read('a', async () => 'next')).toBe('next')
  })

  test('a read that is late is forgotten', async () => {
    const shared = new SharedReads<string>(async () => undefined)
    expect(await shared.read('a', never)).toBe(LATE)
    const patient = new SharedReads<string>(never)
    expect(await patient.read('a', async () => 'fresh')).toBe('fresh')
  })
})
