/**
 * `npm run verify -- URL`: does an installation state the bundle that this checkout builds? What is stated is the operator's
 * word: only the account's holder can see what really runs there, and docs/privacy.md says so.
 */
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { buildAssets } from './build.ts'
import { buildIn } from './verify/clean-build.ts'

const HELP = `Compares what an installation states with a clean build of this checkout.

  npm run verify -- https://t.example.com     a host on which a site reaches Doorplate
  npm run verify                              builds twice in two empty folders and compares

  --json    for programs

Check out the commit that the installation states first, and run npm ci. Exit code: 0 equal, 1 different or not reachable, 2 wrong usage.`

const Manifest = z.object({
  version: z.string(),
  statedByTheOperator: z.object({ commit: z.string().nullable(), bundle: z.string().nullable(), proof: z.string().nullable() }),
})

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  try {
    const outcome = options.url === undefined ? await twice() : await compare(options.url)
    console.log(options.json ? JSON.stringify(outcome) : outcome.says)
    return outcome.equal ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

interface Outcome {
  readonly equal: boolean
  readonly built: string
  readonly stated: string | null
  readonly says: string
}

async function twice(): Promise<Outcome> {
  const built = await buildIn(process.cwd())
  const again = await buildIn(process.cwd())
  const equal = built === again
  return { equal, built, stated: again, says: equal ? `${built}, twice` : `${built} and ${again}: the build is not reproducible here` }
}

async function compare(url: string): Promise<Outcome> {
  const response = await fetch(new URL('/.well-known/doorplate.json', url), { redirect: 'manual' })
  if (response.status !== 200)
    throw new Error(`${url} answers ${response.status} for its manifest: say a host on which a site reaches Doorplate.`)
  const { version, statedByTheOperator } = Manifest.parse(await response.json())
  const { bundle, commit, proof } = statedByTheOperator
  const built = await buildIn(process.cwd())
  const [snippet] = await buildAssets()
  const served = Buffer.from(await (await fetch(new URL('/d.js', url))).arrayBuffer())
  const sameSnippet = snippet !== undefined && Buffer.compare(served, snippet.bytes) === 0
  const equal = bundle === built && sameSnippet
  const lines = [
    `stated  version ${version}, commit ${commit ?? 'none'}, proof ${proof ?? 'none'}`,
    `stated  ${bundle ?? 'no bundle'}`,
    `built   ${built}`,
    sameSnippet ? '/d.js is the one that is built here' : '/d.js is another than the one that is built here',
    equal
      ? 'Equal.'
      : `Different: is this checkout the stated commit${commit === null ? '' : ` (git checkout ${commit.split(' ')[0]})`}, and did npm ci run?`,
  ]
  return { equal, built, stated: bundle, says: lines.join('\n') }
}

function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    })
    const [url, ...rest] = positionals
    return rest.length > 0 || (url !== undefined && !URL.canParse(url)) ? null : { ...values, url }
  } catch {
    return null
  }
}

process.exitCode = await main()
