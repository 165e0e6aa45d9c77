import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/compile/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function config(text: string): string {
  const path = join(folder, 'sources.toml')
  writeFileSync(path, text)
  return path
}

const ONE = '[[source]]\nname = "own"\nformat = "own-list"\nfiles = ["own.csv"]\n'

test('the file that ships with the project: two current sources under free licences, the npm package as fallback', () => {
  const { source } = readConfig()
  expect(source.map(({ name, licence, fallback, download }) => [name, licence, fallback ?? null, download?.length])).toEqual([
    ['origin-asn', 'PDDL 1.0', '@ip-location-db/asn', 2],
    ['as-metadata', 'CC0 1.0', null, 1],
  ])
})

test('files are relative to the file that names them', () => {
  expect(readConfig(config(ONE))).toMatchObject({
    base: folder,
    source: [{ name: 'own', files: ['own.csv'] }],
    deny: [],
    firmographics: [],
  })
})

describe('a mistake names its line', () => {
  test.each([
    ['# nothing\n', 'sources.toml: source'],
    [`${ONE}[[source]\nname = "x"\n`, 'sources.toml:5: '],
    [`${ONE}files = ["again.csv"]\n`, 'sources.toml:5: '],
    [`${ONE}colour = "blue"\n`, 'sources.toml:5: source 1, colour is not known here'],
    [`colour = "blue"\n${ONE}`, 'sources.toml:1: colour is not known here'],
    ['[[source]]\nname = "own"\nformat = "excel"\nfiles = ["a"]\n', 'sources.toml:3: source 1, format is none of ip-location-db, own-list'],
    ['[[source]]\nname = "Own List"\nformat = "own-list"\nfiles = ["a"]\n', 'sources.toml:2: source 1, name is no short name'],
    ['[[source]]\nname = "own"\nformat = "own-list"\n', 'sources.toml:2: source 1, name needs files, download or fallback'],
    [`${ONE}\n${ONE}`, 'sources.toml:7: source 2, name "own" is there already'],
    [
      `${ONE}[[source]]\nname = "b"\n# a comment\nformat = "csv"\nfiles = ["b"]\n`,
      'sources.toml:8: source 2, format needs a preset (iptoasn',
    ],
    [
      `${ONE}[[source]]\nname = "b"\nformat = "csv"\npreset = "excel"\nfiles = ["b"]\n`,
      'sources.toml:8: source 2, preset is no preset of csv: iptoasn',
    ],
    [
      `${ONE}[[source]]\nname = "b"\nformat = "rpsl"\nfiles = ["b"]\n`,
      'sources.toml:7: source 2, format needs registry: ripe, apnic or afrinic',
    ],
    [`${ONE}[[source]]\nname = "b"\nformat = "mmdb"\nfiles = ["b"]\n[source.fields]\nnmae = "x"\n`, 'sources.toml:10: source 2, fields'],
    [`${ONE}[[source]]\nname = "b"\nformat = "mmdb"\nfiles = ["b"]\nfields = { name = 3 }\n`, 'sources.toml:9: source 2, fields name'],
    [
      '[[source]]\nname = "d"\nformat = "csv"\npreset = "iptoasn"\ndownload = ["http://iptoasn.com/x"]\n',
      'sources.toml:5: source 1, download 1 must be https',
    ],
    [`${ONE}date = "last week"\n`, 'sources.toml:5: source 1, date is no day such as'],
    [`${ONE}[[firmographics]]\nname = "g"\nformat = "gleif"\nfiles = ["g.csv"]\n`, 'sources.toml:5: firmographics 1, date'],
    [
      `${ONE}[[firmographics]]\nname = "g"\nformat = "xing"\nfiles = ["g.csv"]\ndate = "2026-11-01"\n`,
      'sources.toml:7: firmographics 1, format is none of gleif',
    ],
  ])('%j: %s', (text, problem) => {
    expect(() => readConfig(config(text))).toThrow(problem)
  })

  test('a file that is not there', () => {
    expect(() => readConfig(join(folder, 'none.toml'))).toThrow('none.toml: is not there')
  })
})
