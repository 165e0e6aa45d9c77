/**
 * `npm test`: everything in one command. Lint, types, configuration and a dry deploy are checks that count like tests;
 * then every suite of vitest. The last line is `N passed, M failed`, summed over all of it, printed on failure too.
 *
 * Arguments go to vitest: `npm test -- test/worker/privacy` runs the checks and those files.
 */
import { spawn } from 'node:child_process'
import { buildAssets } from './build.ts'
import { HOUSE_RULES } from './start/load-wrangler.ts'

interface Check {
  readonly name: string
  readonly command: readonly string[]
}

const CHECKS: readonly Check[] = [
  { name: 'lint and format', command: ['biome', 'check', '--error-on-warnings'] },
  {
    name: 'binding types are those of wrangler.toml',
    command: ['wrangler', 'types', '--include-runtime=false', '--strict-vars=false', '--check'],
  },
  { name: 'types of the Worker and its tests', command: ['tsc', '-p', '.'] },
  { name: 'types of compile, tools and their tests', command: ['tsc', '-p', 'src/tools'] },
  { name: 'types of the snippet', command: ['tsc', '-p', 'src/snippet'] },
  { name: 'dry deploy', command: ['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'] },
]

await buildAssets()

let passed = 0
let failed = 0
for (const check of CHECKS) {
  const { code, output } = await run(check.command)
  if (code === 0) passed += 1
  else failed += 1
  console.log(`${code === 0 ? '✓' : '✗'} ${check.name}`)
  if (code !== 0) console.log(output)
}

const suites = await run(['vitest', 'run', ...process.argv.slice(2)], { DOORPLATE_CHECKS: `${passed},${failed}` })
process.exitCode = failed > 0 || suites.code !== 0 ? 1 : 0

/** Runs a program of node_modules/.bin (npm put it on the path); vitest writes to the terminal itself. */
function run(command: readonly string[], environment?: Record<string, string>): Promise<{ code: number; output: string }> {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    env: { ...process.env, ...HOUSE_RULES, CI: 'true', ...environment },
    stdio: environment === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  let output = ''
  child.stdout?.on('data', (part: Buffer) => {
    output += part.toString()
  })
  child.stderr?.on('data', (part: Buffer) => {
    output += part.toString()
  })
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
