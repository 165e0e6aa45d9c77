import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readReport } from '../../../src/ranges/report.ts'
import { buildTable } from '../../../src/tools/ranges/build.ts'
import { diffBuilds } from '../../../src/tools/ranges/diff.ts'
import { readRangesOptions } from '../../../src/tools/ranges/options.ts'
import { describe as describeProgress, progressLine } from '../../../src/tools/ranges/progress.ts'
import { withKv } from '../../../src/tools/ranges/publish.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-ranges-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LIST = 'name,domain,country,city,industry,employees,asns\n'
const ACME = 'Acme,acme.example,DE,Ulm,Retail,51-200,AS1\n'
const BETA = 'Beta,beta.example,AT,Graz,Steel,501-1000,AS2\n'

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const rows = file(
  'rows.csv',
  '203.0.113.0,203.0.113.255,1,"Acme, Inc."\n198.51.100.0,198.51.100.255,2,Beta\n192.0.2.0,192.0.2.255,3,Somebody\n',
)
const list = file('list.csv', LIST + ACME + BETA)

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The real command in a process of its own, on folders of this test. */
function ranges(out: string, ...words: string[]): Promise<Ran> {
  const options = ['--out', join(folder, out), '--state', join(folder, `${out}-state`)]
  return new Promise((resolve) => {
    execFile(process.execPath, ['src/tools/ranges.ts', ...words, ...options], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout, err: stderr })
    })
  })
}

describe('build', () => {
  test('P10 twice in two folders: the same bytes, file by file', async () => {
    for (const out of ['one', 'two']) await buildTable({ sources: [rows], list, out: join(folder, out) })
    const tree = (out: string) =>
      readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'base64')])
        .sort()
    expect(tree('one').length).toBeGreaterThan(4)
    expect(tree('two')).toEqual(tree('one'))
  })

  test('nothing changed: nothing is built; a changed source is', async () => {
    const out = join(folder, 'again')
    const source = file('again.csv', readFileSync(rows, 'utf8'))
    const first = await buildTable({ sources: [source], list, out })
    expect((await buildTable({ sources: [source], list, out })).rebuilt).toBe(false)
    expect((await buildTable({ sources: [source], list, out, force: true })).rebuilt).toBe(true)
    writeFileSync(source, `${readFileSync(rows, 'utf8')}203.0.112.0,203.0.112.255,1,Acme\n`)
    const changed = await buildTable({ sources: [source], list, out })
    expect(changed.rebuilt).toBe(true)
    expect(changed.description.version).not.toBe(first.description.version)
  })

  test('a file of the build that was changed by hand is noticed', async () => {
    const out = join(folder, 'changed')
    const built = await buildTable({ sources: [rows], list, out })
    writeFileSync(join(built.folder, 'c-00.json'), '{}')
    await expect(buildTable({ sources: [rows], list, out })).rejects.toThrow('is not what the manifest says: build again')
  })
})

describe('the whole way on the local KV', () => {
  const build = (source = rows, of = list) => ranges('way', 'build', '--source', source, '--list', of)

  test('build, publish, a malformed source, a new version, diff, rollback', async () => {
    expect(await ranges('way', 'verify')).toMatchObject({ code: 1, out: expect.stringContaining('nothing is published') })
    expect(await ranges('way', 'publish')).toMatchObject({ code: 1, err: expect.stringContaining('npm run ranges -- build') })

    const built = await build()
    expect(built).toMatchObject({ code: 0, out: expect.stringMatching(/rows in +3, of them 2[\s\S]*listed +2 business/) })
    expect(await ranges('way', 'lookup', '203.0.113.9')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Acme (Ulm, DE; business; dom:acme.example)'),
    })
    expect(await ranges('way', 'publish')).toMatchObject({ code: 0, out: expect.stringContaining('published: ') })
    expect(await ranges('way', 'publish')).toMatchObject({ code: 0, out: expect.stringContaining('is published already') })

    const broken = await build(file('broken.csv', '203.0.113.0,203.0.113.255,1,Acme\n203.0.113.0,oops,1,Acme\n'))
    expect(broken).toEqual({ code: 1, out: '', err: 'broken.csv:2: "oops" is no address\n' })
    const served = await ranges('way', 'lookup', '203.0.113.9', '192.0.2.1', '--published', '--json')
    expect(JSON.parse(served.out)).toMatchObject([
      { answer: { found: true, company: { name: 'Acme' } } },
      { answer: { found: false, why: 'unlisted' } },
    ])

    await build(file('moved.csv', '203.0.113.0,203.0.113.127,2,Beta\n198.51.100.0,198.51.100.255,2,Beta\n192.0.2.0,192.0.2.15,1,Acme\n'))
    expect(await ranges('way', 'publish')).toMatchObject({ code: 0 })
    const versions = JSON.parse((await ranges('way', 'versions', '--json')).out) as { version: string; published: string | null }[]
    const named = (mark: string): string => versions.find(({ published }) => published === mark)?.version ?? mark
    const diff = await ranges('way', 'diff', named('previous').slice(0, 12), 'latest', '--json')
    expect(JSON.parse(diff.out)).toEqual({
      companies: { gained: [], lost: [] },
      addresses: {
        gained: { v4Addresses: 16, v6Networks: 0 },
        lost: { v4Addresses: 128, v6Networks: 0 },
        moved: { v4Addresses: 128, v6Networks: 0 },
      },
    })

    // The dashboard tells the same of it.
    const told = await withKv({ state: join(folder, 'way-state') }, (port) => port.get(`ranges:${named('current')}:report`))
    expect(readReport(JSON.parse(new TextDecoder().decode(told ?? new Uint8Array())))).toEqual({
      rows: 3,
      claimedRows: 3,
      evidence: { curated: 2 },
      rejected: {},
      diff: {
        before: named('previous'),
        gained: { companies: 0, keys: [] },
        lost: { companies: 0, keys: [] },
        addresses: JSON.parse(diff.out).addresses,
      },
    })

    expect(await ranges('way', 'rollback')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${named('previous').slice(0, 12)} serves again`),
    })
    expect((await ranges('way', 'lookup', '203.0.113.9', '--published')).out).toContain('Acme')
    expect(await ranges('way', 'verify')).toMatchObject({ code: 0, out: expect.stringContaining('all right') })
  })

  test('inspect names the rows with file and line, and what speaks for and against', async () => {
    const source = file('inspect.csv', `${readFileSync(rows, 'utf8')}203.0.113.0,203.0.113.15,64294,Panasonic Avionics\n`)
    const withAvionics = file('avionics.csv', `${LIST}${ACME}Avia,avia.example,US,Irvine,Airlines,51-200,AS64294\n`)
    await ranges('inspect', 'build', '--source', source, '--list', withAvionics)
    const { out, code } = await ranges('inspect', 'inspect', '203.0.113.9', '--source', source, '--list', withAvionics)
    expect(code).toBe(0)
    expect(out).toContain('inspect.csv:1  203.0.113.0 - 203.0.113.255  AS1 Acme, Inc.\n    Acme\n     +75  curated list names')
    expect(out).toContain('inspect.csv:4  203.0.113.0 - 203.0.113.15  AS64294 Panasonic Avionics\n    Avia\n     +75')
    expect(out).toContain(
      '-20  the AS carries another name than the list knew\n    not listed (denied): deny list guests: Panasonic Avionics',
    )
    expect(out).toContain('in the latest build: nobody (unlisted)')
  })
})

test('diff counts companies that came and went', async () => {
  const out = join(folder, 'diff')
  const source = file('diff.csv', readFileSync(rows, 'utf8').replace('Somebody', 'Gamma'))
  const before = await buildTable({ sources: [source], list, out })
  const after = await buildTable({
    sources: [source],
    list: file('other.csv', `${LIST}${ACME}Gamma,gamma.example,FR,Lyon,Retail,51-200,AS3\n`),
    out,
  })
  expect(diffBuilds(out, before.description.version, after.description.version)).toMatchObject({
    companies: { gained: ['dom:gamma.example'], lost: ['dom:beta.example'] },
    addresses: { gained: { v4Addresses: 256 }, lost: { v4Addresses: 256 }, moved: { v4Addresses: 0 } },
  })
})

describe('the command line', () => {
  test.each([
    [[], { wrong: 'What is to be done?' }],
    [['bogus'], { wrong: '"bogus" is no command.' }],
    [['diff', 'a'], { wrong: '"diff" takes 2 words, not 1.' }],
    [['lookup'], { wrong: '"lookup" takes 1 to 1000 words, not 0.' }],
    [['build', '--sauce', 'x'], { wrong: "Unknown option '--sauce'" }],
    [['build', '--help'], { help: expect.stringContaining('npm run ranges -- build') }],
    [['publish', '--remote'], { run: expect.objectContaining({ command: 'publish', remote: true, out: '.doorplate/ranges' }) }],
    [['build', '--source', 'a', '--source', 'b'], { run: expect.objectContaining({ sources: ['a', 'b'] }) }],
  ])('%j', (words, request) => {
    expect(readRangesOptions(words)).toMatchObject(request)
  })

  test('exit code 2 for wrong usage, with a hint', async () => {
    expect(await ranges('none', 'bogus')).toEqual({ code: 2, out: '', err: '"bogus" is no command. See: npm run ranges -- --help\n' })
  })
})

describe('progress', () => {
  test('a bar with rows per second', () => {
    expect(describeProgress(250_000, 500_000, 'rows', 0.5)).toBe('[████████████░░░░░░░░░░░░]  50 %  250,000 rows  500,000 rows/s  1 s left')
    expect(describeProgress(10, null, 'rows', 0)).toBe('10 rows')
  })

  test.each([
    [true, 5],
    [false, 2],
  ])('terminal %s: redrawn in place, or a line every ten seconds', (isTTY, times) => {
    const written: string[] = []
    let clock = 0
    const line = progressLine({ isTTY, write: (text) => written.push(text) }, () => clock)
    for (clock = 0; clock <= 20_000; clock += 5000) line.update('reading', clock, 40_000, 'rows')
    expect(written).toHaveLength(times)
    expect(written.every((text) => text.includes('\r') === isTTY)).toBe(true)
  })
})

test('a source package that is missing is named, with what to do, and nothing is written', async () => {
  const ran = await ranges('missing', 'build', '--source', '@nobody/here')
  expect(ran).toEqual({ code: 1, out: '', err: '@nobody/here: is neither a file nor an installed npm package; run "npm ci"\n' })
})
