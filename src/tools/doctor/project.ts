/** What can be seen in the folder alone: the right Node, the packages of the lock file, a private configuration, a fresh build. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { experimental_readRawConfig, unstable_readConfig } from 'wrangler'
import * as z from 'zod'
import { bundleSnippet } from '../build/snippet.ts'
import { lintConfig } from '../config-lint.ts'
import { nodeTooOld } from '../start/node-version.ts'
import { type Check, ok, type Result, wrong } from './finding.ts'

const Package = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
})

/** @param root the project's folder. @param node `process.version` */
export function projectChecks(root: string, node: string): readonly Check[] {
  return [
    { name: 'Node', look: () => nodeCheck(node) },
    { name: 'packages', look: () => packages(root) },
    { name: 'bindings', look: () => bindings(join(root, 'wrangler.toml')) },
    {
      name: 'jurisdiction',
      look: () => linted(join(root, 'wrangler.toml'), /outside the EU|made in the EU/, 'the database is made in the EU'),
    },
    {
      name: 'logs and traces',
      look: () => linted(join(root, 'wrangler.toml'), /logs|traces|tail|logpush|metrics|dataset/, 'off, as wrangler.toml says'),
    },
    { name: 'hourly work', look: () => cron(join(root, 'wrangler.toml')) },
    { name: 'snippet', look: () => snippet(root) },
  ]
}

function nodeCheck(version: string): Result {
  const old = nodeTooOld(version)
  return old === null ? ok(version) : wrong(old)
}

/** What package.json pins is what is installed. */
async function packages(root: string): Promise<Result> {
  const { version, dependencies, devDependencies } = Package.parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')))
  const pinned = Object.entries({ ...dependencies, ...devDependencies })
  for (const [name, wanted] of pinned) {
    const found = await installed(root, name)
    if (found !== wanted) return wrong(`${name} is ${found ?? 'not installed'}, package.json wants ${wanted}: npm ci`)
  }
  return ok(`${pinned.length} as pinned; Doorplate ${version}`)
}

async function installed(root: string, name: string): Promise<string | null> {
  try {
    const text = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version
  } catch {
    return null
  }
}

const Bound = z.object({
  d1_databases: z.array(z.object({ binding: z.string() })),
  kv_namespaces: z.array(z.object({ binding: z.string() })),
  ratelimits: z.array(z.object({ name: z.string() })),
  assets: z.object({ directory: z.string() }).optional(),
  triggers: z.object({ crons: z.array(z.string()) }).partial(),
  vars: z.record(z.string(), z.unknown()),
  queues: z.object({ producers: z.array(z.object({ binding: z.string() })).optional() }),
})

/** Every environment as wrangler would deploy it. */
function environments(config: string): readonly (readonly [name: string, bound: z.infer<typeof Bound>])[] {
  const { rawConfig } = experimental_readRawConfig({ config })
  const names = Object.keys(z.record(z.string(), z.unknown()).parse(rawConfig.env ?? {}))
  return [undefined, ...names].map((env) => [
    env ?? 'top level',
    Bound.parse(unstable_readConfig({ config, ...(env !== undefined && { env }) }, { hideWarnings: true })),
  ])
}

function bindings(config: string): Result {
  for (const [name, bound] of environments(config)) {
    const there = new Set([...bound.d1_databases, ...bound.kv_namespaces].map(({ binding }) => binding))
    for (const { name: limit } of bound.ratelimits) there.add(limit)
    for (const { binding } of bound.queues.producers ?? []) there.add(binding)
    const wanted = ['DB', 'RANGES', 'EVENT_LIMIT', ...(bound.vars.SINK === 'queue' ? ['COUNTS'] : [])]
    const missing = wanted.find((binding) => !there.has(binding))
    if (missing !== undefined)
      return wrong(`wrangler.toml, ${name}: the binding ${missing} is missing; git checkout wrangler.toml brings it back`)
    if (bound.assets === undefined) return wrong(`wrangler.toml, ${name}: [assets] is missing, so nobody gets /d.js`)
  }
  return ok('database, range table, rate limit, assets')
}

function linted(config: string, about: RegExp, says: string): Result {
  const [problem] = lintConfig(config).filter((each) => about.test(each.problem))
  return problem === undefined ? ok(says) : wrong(`wrangler.toml, ${problem.environment}: ${problem.problem}`)
}

function cron(config: string): Result {
  for (const [name, { triggers }] of environments(config)) {
    if ((triggers.crons ?? []).length === 0)
      return wrong(`wrangler.toml, ${name}: no [triggers] crons, so nothing is ever deleted: crons = ["17 * * * *"]`)
  }
  return ok('every hour')
}

/** dist/assets is what the sources give now. */
async function snippet(root: string): Promise<Result> {
  for (const { name, bytes, sizes } of await bundleSnippet(join(root, 'src/snippet'))) {
    const built = await readFile(join(root, 'dist/assets', name)).catch(() => null)
    if (built === null) return wrong(`dist/assets/${name} is not built: npm run build`)
    if (Buffer.compare(built, bytes) !== 0)
      return wrong(`dist/assets/${name} (${built.length} bytes) is not what the sources give (${sizes.raw}): npm run build`)
  }
  return ok('d.js and cmp.js are what the sources give')
}
