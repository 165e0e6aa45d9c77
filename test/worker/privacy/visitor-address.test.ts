import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { VisitorAddress } from '../../../src/privacy/visitor-address.ts'

const ADDRESS = '198.51.100.77'
const make = () => VisitorAddress.from(new Headers({ 'CF-Connecting-IP': ADDRESS }))

describe('P2 a visitor address cannot become text', () => {
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
