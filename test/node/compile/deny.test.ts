import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDenyFile } from '../../../src/compile/deny/deny-file.ts'
import { openDenyBook } from '../../../src/compile/deny/deny-list.ts'
import { compileTable } from '../../../src/compile/table.ts'
import { resolve } from '../../../src/ranges/resolve.ts'
import { storeOfBuild } from '../../../src/tools/ranges/lookup.ts'
import { factsOf, letters, type RowText, sourceOf } from './made-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-deny-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** What a list denies, in short: AS numbers, names, ranges. */
const denied = (path: string) =>
  readDenyFile(path).map(({ asn, name, first, last, who }) =>
    [asn ?? name ?? `${first} - ${last}`, who].filter((part) => part !== '').join(' '),
  )

describe('deny lists in the formats they come in', () => {
  test.each([
    ['lines with comments', 'vpn.txt', '# VPN\n10.0.0.0/24 ; exit\n\n2001:db8::/32\n10.1.0.0 - 10.1.0.7\nAS64500 # Acme VPN\n', [
      '10.0.0.0 - 10.0.0.255 exit', '2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', '10.1.0.0 - 10.1.0.7', '64500 Acme VPN']],
    ['a netset of addresses and prefixes', 'firehol.netset', '#\n# list\n#\n10.0.0.1\n10.2.0.0/15\n', ['10.0.0.1 - 10.0.0.1', '10.2.0.0 - 10.3.255.255']],
    ['CSV of AS numbers', 'bad.csv', 'ASN,Entity\n64500,"Acme Hosting, Inc."\n64501,Beta\n', ['64500 Acme Hosting, Inc.', '64501 Beta']],
    ['our own', 'own.csv', '# why\nnetwork,who\nAS64500,Acme\n10.0.0.0/8,\nname:City of Sample,SampleNet\n', ['64500 Acme', '10.0.0.0 - 10.255.255.255', 'City of Sample SampleNet']],
    ['ranges of a cloud', 'aws.json', '{"prefixes":[{"ip_prefix":"10.0.0.0/16","region":"x"}],"ipv6_prefixes":[{"ipv6_prefix":"2001:db8::/40"}]}', [
      '10.0.0.0 - 10.0.255.255', '2001:db8:: - 2001:db8:ff:ffff:ffff:ffff:ffff:ffff']],
    ['ranges of another', 'goog.json', '{"prefixes":[{"ipv4Prefix":"10.0.0.0/24"},{"ipv6Prefix":"2001:db8::/64"}]}', [
      '10.0.0.0 - 10.0.0.255', '2001:db8:: - 2001:db8::ffff:ffff:ffff:ffff']],
  ])('%s', (_, name, text, expected) => expect(denied(file(name, text))).toEqual(expected)) // biome-ignore format: rows read better in lines

  test.each([
    ['typo.txt', '10.0.0.0/24\n10.0.0.300\n', 'typo.txt:2: "10.0.0.300" is no AS number'],
    ['host-bits.txt', '10.0.0.1/24\n', 'host-bits.txt:1: "10.0.0.1/24" is no'],
    ['columns.csv', 'a,b\n1,2\n', 'columns.csv:1: has no column network'],
    ['row.csv', 'network,who\nAS1,A\nASX,B\n', 'row.csv:3: "ASX" is no'],
    ['half.json', '{"prefixes":[', 'half.json: is no JSON'],
  ])('%s is refused: a typo would let somebody through', (name, text, problem) => {
    expect(() => readDenyFile(file(name, text))).toThrow(problem)
  })

  test('the lists that ship can be read, and none of them is empty', () => {
    const book = openDenyBook()
    expect(book.files.length).toBeGreaterThanOrEqual(11)
    for (const path of book.files) expect(readDenyFile(path).length, path).toBeGreaterThan(0)
    expect(book.network(13335)?.list).toMatch(/relay|hosting/)
    expect(book.name('City of Longmont, Colorado')?.list).toBe('municipal-providers')
    expect(book.network(64500)).toBeNull()
  })
})

describe('a denied range', () => {
  async function ask(rows: readonly RowText[], deny: string, address: string): Promise<string> {
    const organisations = letters(rows)
    const table = await compileTable({
      sources: [sourceOf(rows)],
      organisations,
      facts: [factsOf('rows.csv')],
      rules: { deny: openDenyBook([file('mine.txt', deny)]) },
    })
    const answer = await resolve(address, storeOfBuild(table))
    return answer.found ? answer.company.name : answer.why
  }
  const ROWS: RowText[] = [
    ['10.0.0.0', '10.0.255.255', 1],
    ['10.0.8.0', '10.0.8.255', 2],
    ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 1],
  ]

  test.each([
    ['inside a company’s', '10.0.4.0/24', '10.0.4.9', 'unlisted'],
    ['its neighbour', '10.0.4.0/24', '10.0.5.0', 'A'],
    ['its last address', '10.0.4.0/24', '10.0.4.255', 'unlisted'],
    ['wider than a more specific row: it beats that too', '10.0.0.0/16', '10.0.8.7', 'unlisted'],
    ['of IPv6', '2001:db8:1::/48', '2001:db8:1::5', 'unlisted'],
    ['of IPv6, its neighbour', '2001:db8:1::/48', '2001:db8:2::5', 'A'],
    ['where nobody is', '192.0.2.0/24', '10.0.8.7', 'B'],
    ['to the end of the line', '0.0.0.0/0', '10.0.0.1', 'unlisted'],
  ])('%s: %s, asked for %s: %s', async (_, deny, address, answer) => expect(await ask(ROWS, deny, address)).toBe(answer))

  test('Apple’s crawler inside Apple’s own /8, with the lists that ship', async () => {
    const apple: RowText[] = [['17.0.0.0', '17.255.255.255', 1]]
    expect(await ask(apple, '', '17.241.208.170')).toBe('unlisted')
    expect(await ask(apple, '', '17.241.208.192')).toBe('A')
  })
})
