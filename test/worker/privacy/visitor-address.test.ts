import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { House } from '../../../src/collect/house.ts'
import type { Activity, TotalsEntry } from '../../../src/ledger/activity.ts'
import { VisitorAddress } from '../../../src/privacy/visitor-address.ts'

const ADDRESS = '198.51.100.77'
const make = () => VisitorAddress.from(new Headers({ 'CF-Connecting-IP': ADDRESS }))

/** What goes into a body, a queue, a log line or a column. */
type Data = string | number | bigint | boolean | null | undefined | Uint8Array | readonly Data[] | { readonly [key: string]: Data }
type Fits<From, To> = [From] extends [To] ? true : false

/** Held by the compiler: each line is an error as soon as the address fits there. */
const FITS = {
  'where text goes': false satisfies Fits<VisitorAddress, string>,
  'where data goes': false satisfies Fits<VisitorAddress, Data>,
  'into an object of data': false satisfies Fits<{ readonly from: VisitorAddress }, Data>,
  'into a field of an activity': false satisfies Fits<VisitorAddress, Activity[keyof Activity]>,
  'into a field of the totals': false satisfies Fits<VisitorAddress, TotalsEntry[keyof TotalsEntry]>,
  'as the key of a rate limit': false satisfies Fits<VisitorAddress, Parameters<House['limit']>[0]>,
  'as a header': false satisfies Fits<{ readonly from: VisitorAddress }, HeadersInit>,
  'as a body': false satisfies Fits<VisitorAddress, BodyInit>,
  'whatever only looks like one': false satisfies Fits<{ open<T>(use: (text: string) => T): T }, VisitorAddress>,
  'made by anybody else': false satisfies Fits<typeof VisitorAddress, new (text: string) => unknown>,
} as const

describe('P2 a visitor address cannot become text', () => {
  test('P2 by its type it fits nowhere', () => {
    expect(Object.values(FITS)).not.toContain(true)
  })

  test.each<[string, (address: VisitorAddress) => unknown]>([
    ['a template literal', (address) => `${address as unknown as string}`],
    ['String()', (address) => String(address)],
    ['concatenation', (address) => 'x'.concat(address as unknown as string)],
    ['toString()', (address) => address.toString()],
    ['JSON.stringify', (address) => JSON.stringify(address)],
    ['JSON.stringify around it', (address) => JSON.stringify({ nested: [address] })],
    ['Number()', (address) => Number(address)],
    ['a property key', (address) => ({ [address as unknown as string]: 1 })],
    ['encodeURIComponent', (address) => encodeURIComponent(address as unknown as string)],
  ])('P2 %s throws', (_how, use) => {
    expect(() => use(make())).toThrow(TypeError)
  })

  test('P2 spreading, cloning, listing and inspecting show nothing', () => {
    const address = make()
    expect({ ...address }).toEqual({})
    expect(Object.entries(address)).toEqual([])
    expect(Reflect.ownKeys(address)).toEqual([])
    expect(JSON.stringify(structuredClone(address)) ?? '').not.toContain(ADDRESS)
    expect(Object.prototype.toString.call(address)).toBe('[object visitor address]')
  })

  test('P2 a database refuses it', async () => {
    const bind = async () => env.DB.prepare('SELECT ?1').bind(make()).run()
    await expect(bind()).rejects.toThrow()
  })

  test('P2 it opens once and is empty from then on', () => {
    const address = make()
    expect(address.open((text) => text)).toBe(ADDRESS)
    expect(address.open((text) => text)).toBe('')
  })
})
