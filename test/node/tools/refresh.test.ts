import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../../src/compile/config.ts'
import { readCached } from '../../../src/compile/sources/cache.ts'
import { refresh } from '../../../src/tools/ranges/refresh.ts'
import { downloadSource } from '../../../src/tools/ranges/refresh-download.ts'
import { type ReleaseServer, releaseServer } from './release-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-refresh-'))
let server: ReleaseServer
beforeAll(async () => {
  server = await releaseServer()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const V4 = '203.0.113.0,203.0.113.255,1,"Acme, Inc."\n198.51.100.0,198.51.100.255,2,Beta\n'
const V6 = '2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,1,"Acme, Inc."\n'
const LIST =
  'name,domain,country,city,industry,employees,asns\nAcme,acme.example,DE,Ulm,Retail,51-200,AS1\nBeta,beta.example,AT,Graz,Steel,501-1000,AS2\n'
const NOW = new Date('2026-11-21T12:00:00Z')

let round = 0
/** A fresh cache and folder of builds, and a configuration that downloads from the server. */
function place() {
  const here = join(folder, `${++round}`)
  mkdirSync(here)
  const config = join(here, 'sources.toml')
  writeFileSync(
    config,
    `[[source]]\nname = "origin-asn"\nformat = "ip-location-db"\ndownload = ["${server.url}/v4.csv", "${server.url}/v6.csv"]\nfallback = "@ip-location-db/asn"\nleast_rows = 3\nlicence = "PDDL 1.0"\n`,
  )
  writeFileSync(join(here, 'list.csv'), LIST)
  return { here, config, cache: join(here, 'cache'), out: join(here, 'out'), list: join(here, 'list.csv') }
}
type Place = ReturnType<typeof place>

const refreshIn = ({ config, cache, out, list }: Place) => refresh({ config, cache, out, list, now: NOW })
const download = ({ config, cache }: Place) => {
  const [entry] = readConfig(config).source
  if (entry === undefined) throw new Error('no source')
  return downloadSource(entry, { cache, acceptedTerms: [], today: '2026-11-21', fetch, progress: () => {} })
}

beforeEach(() => {
  server.log.length = 0
  server.files.clear()
  server.files.set('/v4.csv', V4).set('/v6.csv', V6)
})

describe('refresh', () => {
  test('downloads, verifies, builds; the source is the download, with its day and licence', async () => {
    const here = place()
    const refreshed = await refreshIn(here)
    if (!refreshed.done) throw new Error('it failed')
    expect(refreshed.downloads).toMatchObject([
      { name: 'origin-asn', status: 'new', cached: { date: '2026-11-20', rows: 3, files: ['v4.csv', 'v6.csv'] } },
    ])
    expect(refreshed.built.description.sources[0]).toMatchObject({
      name: 'origin-asn',
      date: '2026-11-20',
      licence: 'PDDL 1.0',
      files: ['v4.csv', 'v6.csv'],
    })
    expect(refreshed.diff).toBeNull()
    expect(refreshed.built.description.counts.companies).toBe(2)
  })

  test('again: nothing is sent twice, nothing is built; after a change the difference is told', async () => {
    const here = place()
    await refreshIn(here)
    server.log.length = 0
    const again = await refreshIn(here)
    expect(server.log).toEqual(['/v4.csv 304', '/v6.csv 304'])
    expect(again).toMatchObject({ done: true, downloads: [{ status: 'unchanged' }], built: { rebuilt: false }, diff: null })

    server.files.set('/v4.csv', V4.replace('198.51.100.255', '198.51.100.127'))
    server.log.length = 0
    const changed = await refreshIn(here)
    expect(server.log).toEqual(['/v4.csv 200', '/v6.csv 304'])
    expect(changed).toMatchObject({ done: true, downloads: [{ status: 'new' }], diff: { addresses: { lost: { v4Addresses: 128 } } } })
    // One version is kept, and nothing unfinished.
    const cached = readCached(here.cache, 'origin-asn')
    expect(readdirSync(join(here.cache, 'origin-asn')).sort()).toEqual([cached?.version, 'current.json'].sort())
  })

  test('until the first refresh the npm package is read', async () => {
    const here = place()
    const { chooseSources } = await import('../../../src/tools/ranges/sources.ts')
    expect(await chooseSources(here).sources[0]?.facts()).toMatchObject({ name: '@ip-location-db/asn' })
    await download(here)
    expect(await chooseSources(here).sources[0]?.facts()).toMatchObject({ name: 'origin-asn', version: '2026-11-20' })
  })
})

describe('a download that is not what it should be leaves the version before, and nothing is built', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, index) => `10.0.${index}.0,10.0.${index}.255,1,A\n`).join('')
  test.each([
    ['the server knows no such file', { status: 404 }, '/v4.csv answers 404'],
    ['the server is broken', { status: 500, body: 'oops' }, '/v4.csv answers 500'],
    ['a page that says sorry', '<!doctype html><title>Sorry</title>\n', 'v4.csv:1: has 1 columns instead of 4'],
    ['an empty file', '', '/v4.csv is empty'],
    ['a line that breaks in the middle', '203.0.113.0,203.0.113.255,1,Acme\n198.51.100.0,198.5', 'v4.csv:2: has 2 columns instead of 4'],
    ['fewer rows than are believed', '203.0.113.0,203.0.113.255,1,Acme\n', 'has 2 rows, and fewer than 3 are not believed'],
    ['an end before its time', { cutAfter: 40, body: V4 }, 'the download failed'],
  ])('%s', async (_what, served, problem) => {
    const here = place()
    await refreshIn(here)
    const before = readCached(here.cache, 'origin-asn')
    const latest = readFileSync(join(here.out, 'latest.json'), 'utf8')
    server.files.set('/v4.csv', served)
    const refreshed = await refreshIn(here)
    expect(refreshed.done).toBe(false)
    expect(refreshed.downloads[0]).toMatchObject({ status: 'failed', problem: expect.stringContaining(problem) })
    expect(readCached(here.cache, 'origin-asn')).toEqual(before)
    expect(readFileSync(join(here.out, 'latest.json'), 'utf8')).toBe(latest)
    expect(readdirSync(join(here.cache, 'origin-asn')).filter((name) => name.startsWith('.unfinished'))).toEqual([])
  })

  test('half of the rows of last time are an accident', async () => {
    const here = place()
    server.files.set('/v4.csv', rows(100))
    expect(await download(here)).toMatchObject({ status: 'new' })
    server.files.set('/v4.csv', rows(49))
    expect(await download(here)).toMatchObject({ status: 'failed', problem: 'has 50 rows, and fewer than 51 are not believed' })
  })

  test('a file of the cache that is gone is downloaded again', async () => {
    const here = place()
    await download(here)
    const cached = readCached(here.cache, 'origin-asn')
    rmSync(join(here.cache, 'origin-asn', cached?.version ?? '', 'v6.csv'))
    expect(readCached(here.cache, 'origin-asn')).toBeNull()
    expect(await download(here)).toMatchObject({ status: 'new' })
  })
})

describe('the command', () => {
  /** The real command in a process of its own. */
  const ranges = (here: Place, ...words: string[]): Promise<{ code: number; out: string; err: string }> => {
    const options = ['--config', here.config, '--cache', here.cache, '--out', here.out, '--state', join(here.here, 'state')]
    return new Promise((resolve) => {
      execFile(process.execPath, ['src/tools/ranges.ts', ...words, ...options], (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout, err: stderr })
      })
    })
  }

  test('sources, refresh --publish, sources again', async () => {
    const here = place()
    expect((await ranges(here, 'sources')).out).toContain("origin-asn         ip-location-db  npm package; the package's own licence")
    const refreshed = await ranges(here, 'refresh', '--publish', '--list', here.list)
    expect(refreshed.err).toBe('')
    expect(refreshed.out).toContain('origin-asn: downloaded, data of 2026-11-20, 3 rows')
    expect(refreshed.out).toMatch(/[0-9a-f]{12} published: \d+ values written and read back/)
    expect(refreshed.code).toBe(0)
    expect((await ranges(here, 'sources')).out).toContain('origin-asn         ip-location-db  download of 2026-11-20, 3 rows; PDDL 1.0')
    expect((await ranges(here, 'lookup', '203.0.113.9', '--published')).out).toContain('Acme')
  })

  test('a failure says what is wrong, publishes nothing, and its exit code is 1', async () => {
    const here = place()
    server.files.set('/v4.csv', { status: 503 })
    const refreshed = await ranges(here, 'refresh', '--publish', '--list', here.list)
    expect(refreshed.out).toContain('/v4.csv answers 503')
    expect(refreshed.out).toContain('nothing was built: the table before goes on serving')
    expect(refreshed.code).toBe(1)
  })

  test('a registry’s file is refused by the command until its terms are accepted; the manifest says that they were', async () => {
    const here = place()
    const dump = join(here.here, 'ripe.db.inetnum')
    writeFileSync(
      dump,
      'inetnum:        203.0.113.0 - 203.0.113.255\nnetname:        ACME\ndescr:          Acme AG\ncountry:        DE\nstatus:         ASSIGNED PI\nsource:         RIPE\n\ninetnum:        192.0.2.9 - 192.0.2.1\nsource:         RIPE\n',
    )
    const refused = await ranges(here, 'build', '--source', `ripe:${dump}`, '--list', here.list)
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('ripe.db.inetnum: is refused: RIPE Database Terms and Conditions, Article 4.4')
    const built = await ranges(here, 'build', '--json', '--source', `ripe:${dump}`, '--list', here.list, '--accept-terms', 'ripe')
    expect(built.err).toBe('')
    expect(JSON.parse(built.out).sources[0].acceptedTerms).toBe(
      'RIPE Database Terms and Conditions, Article 4.4: accepted by the operator with --accept-terms ripe',
    )
    const again = await ranges(here, 'build', '--force', '--source', `ripe:${dump}`, '--list', here.list, '--accept-terms', 'ripe')
    expect(again.out).toContain('left out unread    1 rows: ends before it begins (first ripe.db.inetnum:8)')
    expect(again.out).toContain('terms              RIPE Database Terms and Conditions, Article 4.4: accepted by the operator')
    expect((await ranges(here, 'build', '--accept-terms', 'nobody')).err).toContain('"nobody" is no registry')
  })
})
