import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { placeOf, shardsOf } from '../../../src/ledger/shard.ts'

const sites = Array.from({ length: 3000 }, (_, index) => `site-${index}`)

describe('which database holds a site', () => {
  test('with one binding, that one', () => {
    const { all, of, primary } = shardsOf(env)
    expect(all).toEqual([env.DB])
    expect(of('shop')).toBe(env.DB)
    expect(primary).toBe(env.DB)
  })

  test('with DB, DB2 and DB3, one of the three, always the same; a gap ends the row', () => {
    const [two, three, five] = [1, 2, 3].map(() => ({ prepare: () => null, batch: () => null }) as unknown as D1Database)
    const { all, of, primary } = shardsOf({ ...env, DB2: two, DB3: three, DB5: five } as { DB: D1Database })
    expect(all).toEqual([env.DB, two, three])
    expect(primary).toBe(env.DB)
    expect(new Set(sites.map(of)).size).toBe(3)
    for (const site of sites) expect(of(site)).toBe(of(site))
  })

  test('sites are spread evenly', () => {
    for (const count of [2, 3, 7]) {
      const held = Array.from({ length: count }, (_, place) => sites.filter((site) => placeOf(site, count) === place).length)
      for (const number of held) expect(Math.abs(number - sites.length / count)).toBeLessThan(sites.length / count / 5)
    }
  })

  test('a further database takes its share, and no site moves between the others', () => {
    const moved = sites.filter((site) => placeOf(site, 3) !== placeOf(site, 4))
    expect(moved.every((site) => placeOf(site, 4) === 3)).toBe(true)
    expect(moved.length).toBeGreaterThan(sites.length / 5)
    expect(moved.length).toBeLessThan(sites.length / 3)
  })
})
