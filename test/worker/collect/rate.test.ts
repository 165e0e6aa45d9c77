import { expect, test } from 'vitest'
import { rateOf } from '../../../src/collect/rate.ts'

/** A limiter as Cloudflare's is: counts by key, and says no from the limit on. */
function limiter(limit: number) {
  const counts = new Map<string, number>()
  const asked: number[] = []
  return {
    asked,
    counts,
    limit: async ({ key, delta }: { key: string; delta: number }) => {
      asked.push(delta)
      const before = counts.get(key) ?? 0
      if (before < limit) counts.set(key, before + delta)
      return { success: before < limit }
    },
  }
}

async function times(count: number, rate: (key: string) => Promise<boolean>, key = 'site:shop'): Promise<number> {
  let open = 0
  for (let index = 0; index < count; index += 1) if (await rate(key)) open += 1
  return open
}

test('few events are asked about one by one, many a hundred at a time', async () => {
  const binding = limiter(1_000_000)
  let now = 0
  const rate = rateOf(
    () => binding,
    () => now,
  )
  for (; now < 5_000; now += 1_000) await rate('site:shop')
  expect(binding.asked).toEqual([1, 1, 1, 1, 1])
  await times(1_000, rate)
  expect(binding.asked.slice(5)).toEqual([1, ...Array.from({ length: 9 }, () => 100)])
})

test('a flood is let through up to the limit, and no more than a hundred past it in an isolate', async () => {
  const binding = limiter(6_000)
  const open = await times(
    100_000,
    rateOf(
      () => binding,
      () => 0,
    ),
  )
  expect(open).toBeGreaterThanOrEqual(6_000)
  expect(open).toBeLessThanOrEqual(6_100)
})

test('after a flood the next second is open again, and other sites were all the time', async () => {
  const binding = limiter(100)
  let now = 0
  const rate = rateOf(
    () => binding,
    () => now,
  )
  await times(1_000, rate)
  expect(await rate('site:shop')).toBe(false)
  expect(await rate('site:other')).toBe(true)
  binding.counts.clear()
  now += 1_000
  expect(await rate('site:shop')).toBe(true)
})

test('a limiter that fails loses nothing', async () => {
  const rate = rateOf(
    () => ({ limit: () => Promise.reject(new Error('away')) }),
    () => 0,
  )
  expect(await times(250, rate)).toBe(250)
})

test('a clock that jumps back asks again instead of holding a word for hours', async () => {
  const binding = limiter(1)
  let now = 1_000_000
  const rate = rateOf(
    () => binding,
    () => now,
  )
  await times(2, rate)
  binding.counts.clear()
  now = 0
  expect(await rate('site:shop')).toBe(true)
})

test('events that come while the limiter is asked do not wait for it', async () => {
  const rate = rateOf(
    () => ({ limit: () => new Promise(() => undefined) }),
    () => 0,
  )
  void rate('site:shop')
  expect(await rate('site:shop')).toBe(true)
})
