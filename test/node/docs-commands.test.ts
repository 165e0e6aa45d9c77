import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publish } from '../../src/compile/publish.ts'
import { saveSite } from '../../src/ledger/sites.ts'
import { workerOf } from '../../src/tools/prove/bundle.ts'
import { ADMIN_TOKEN, type Runtime, startRuntime } from '../../src/tools/prove/runtime.ts'
import { localKv } from '../../src/tools/ranges/local-kv.ts'
import { demoSite } from '../../src/tools/start/demo-site.ts'
import { migrate } from '../../src/tools/start/tables.ts'
import { tableOf } from './compile/made-table.ts'
import { documentedCommands } from './documented-commands.ts'

/**
 * Every command of README and docs is run by a test: here as it stands where that is cheap, here with --help (what it names
 * must be in the help), or by the file that this table names.
 */
const ELSEWHERE: readonly (readonly [command: RegExp, by: string])[] = [
  [/^npm (ci|test)$/, '.ci/run'],
  [/^(ADMIN_TOKEN=\S+ )?npm start\b/, 'test/node/tools/start-run.test.ts'],
  [/^npm run build$/, 'test/node/global-setup.ts'],
  [/^npm run (format|types|typecheck)$/, 'src/tools/test.ts'],
  [/^npx vitest run\b/, 'src/tools/test.ts'],
]

/** What no test can run: it asks a network, a browser with somebody in front of it, or changes the lock file. */
const BY_HAND: readonly (readonly [command: RegExp, why: string])[] = [
  [/^npx wrangler login$/, 'opens a browser in which somebody signs in'],
  [/^git pull$/, 'asks the repository’s network'],
  [/^npm audit signatures$/, 'asks the registry'],
  [/^npm install$/, 'asks the registry and writes the lock file'],
  [/^npm run lock$/, 'writes the lock file'],
  [/^(npm run|npx)$/, 'the beginning of a command, not one'],
]

const commands = documentedCommands('.')
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync('package.json', 'utf8')).scripts

const known = (list: readonly (readonly [RegExp, string])[], command: string) => list.find(([pattern]) => pattern.test(command))
const left = commands.filter(({ command }) => known(ELSEWHERE, command) === undefined && known(BY_HAND, command) === undefined)
const kind = (begin: RegExp) => left.filter(({ command }) => begin.test(command)).map(({ command }) => command)

const RUNS = /^(?:[A-Z_]+=\S+ )?npm run (\w+)(?: -- (.*?))?(?: > \S+)?$/
const tools = kind(RUNS)
const wrangler = kind(/^npx wrangler /)
const curls = kind(/^curl /)
const asTheyStand = kind(/^(node -e|npm sbom) /)

interface Ended {
  readonly code: number
  readonly text: string
}

function run(program: string, words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  return new Promise((tell) => {
    execFile(program, [...words], { env: { ...process.env, ...env, NO_COLOR: '1' }, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) =>
      tell({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, text: `${out}\n${err}` }),
    )
  })
}

/** Words of a command line, quotes taken off. */
const wordsOf = (line: string): string[] => (line.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'))

/** Flags that a command uses and its help does not name. */
function strangers(words: readonly string[], help: string): string[] {
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''))
  return flags.filter((flag) => !new RegExp(`${flag}(?![\\w-])`).test(help))
}

test('every command of README and docs is run: here, elsewhere, or by hand with a reason', () => {
  expect(commands.length).toBeGreaterThan(60)
  expect(
    left.map(({ command }) => command).filter((command) => ![...tools, ...wrangler, ...curls, ...asTheyStand].includes(command)),
  ).toEqual([])
  for (const [pattern, by] of ELSEWHERE) {
    expect(
      commands.some(({ command }) => pattern.test(command)),
      String(pattern),
    ).toBe(true)
    expect(existsSync(by), by).toBe(true)
  }
})

describe('npm run', () => {
  const helps = new Map<string, Promise<Ended>>()
  const helpOf = (tool: string): Promise<Ended> => {
    const asked = helps.get(tool) ?? run(process.execPath, [resolve((scripts[tool] ?? '').replace(/^node /, '')), '--help'])
    helps.set(tool, asked)
    return asked
  }

  test.concurrent.each(tools)('%s is what its help says', async (command) => {
    const [, tool = '', rest = ''] = RUNS.exec(command) ?? []
    expect(scripts[tool], `there is no script ${tool}`).toBeDefined()
    const { code, text } = await helpOf(tool)
    expect(code).toBe(0)
    expect(text).toContain(`npm run ${tool}`)
    const words = wordsOf(rest)
    expect(strangers(words, text)).toEqual([])
    const [verb] = words
    if (verb !== undefined && /^[a-z]+$/.test(verb)) expect(text).toMatch(new RegExp(`\\b${verb}\\b`))
  })
})

describe('npx wrangler', () => {
  const bin = resolve('node_modules/wrangler/bin/wrangler.js')

  test.concurrent.each(wrangler)('%s is what its help says', async (command) => {
    const words = wordsOf(command.replace('npx wrangler ', '')).filter((word) => !word.startsWith('<'))
    const { code, text } = await run(process.execPath, [bin, ...words, '--help'], {
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    })
    expect(code).toBe(0)
    expect(strangers(words, text)).toEqual([])
  })
})

describe('as it stands', () => {
  test.each(asTheyStand)('%s', async (command) => {
    const [program = '', ...words] = wordsOf(command)
    const { code, text } = await run(program === 'node' ? process.execPath : program, words)
    expect(code).toBe(0)
    expect(text.trim()).not.toBe('')
  })

  let runtime: Runtime | undefined
  const state = mkdtempSync(join(tmpdir(), 'doorplate-docs-'))
  beforeAll(async () => {
    const { code } = await workerOf(resolve('src'))
    runtime = await startRuntime({ state, modules: { 'worker.mjs': code } }, { console: [], outbound: [] })
    await migrate(runtime.db, 'migrations')
    await saveSite(runtime.db, demoSite(8788), '2026-11-22')
    await publish(localKv(runtime.ranges), await tableOf([['53.0.0.0', '53.255.255.255', 1]]), { now: new Date('2026-11-22T00:00:00Z') })
  })
  afterAll(async () => {
    await runtime?.stop()
    rmSync(state, { recursive: true, force: true, maxRetries: 5 })
  })

  test.each(curls)('%s', async (command) => {
    const here = command
      .replaceAll(/https?:\/\/(?:localhost:8787|t\.example\.com)/g, runtime?.url.origin ?? '')
      .replace('$(cat .doorplate/admin-token)', ADMIN_TOKEN)
      .replace('$TOKEN', ADMIN_TOKEN)
    const { code, text } = await run('curl', [...wordsOf(here).slice(1), '-w', '\nstatus %{http_code}'])
    expect(code).toBe(0)
    expect(text).toMatch(/status 20[04]/)
  })
})
