/**
 * What deploying does on Cloudflare, through the wrangler of this project: it has the account and the login. Each step can
 * be run again; nothing here asks or explains, that is its callers' business.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { runWrangler, WranglerFailed } from '../wrangler.ts'

/** As wrangler.toml names it. */
const DATABASE = 'doorplate'

export type Run = (words: readonly string[]) => Promise<Buffer>

/** Why something could not be deployed; the message says what to do. */
export class CannotDeploy extends Error {}

/** What is stated about a deployment; the public manifest shows it as the operator's statement (P10). */
export interface Stated {
  readonly commit: string
  readonly bundle: string
  readonly proof: string
}

export interface Deployment {
  readonly stated: Stated
  /** `queue` or the top level. */
  readonly environment: string
  /** Secrets to store with this deployment. */
  readonly secrets?: Readonly<Record<string, string>>
  /** Custom domains of the Worker. */
  readonly domains?: readonly string[]
}

const Secrets = z.array(z.object({ name: z.string() }))
const Who = z.object({ loggedIn: z.boolean(), email: z.string().nullish(), accounts: z.array(z.object({ name: z.string() })).nullish() })

export class Cloud {
  readonly #run: Run

  constructor(run: Run = runWrangler) {
    this.#run = run
  }

  /** Name of the account. @throws CannotDeploy when nobody is logged in. */
  async account(): Promise<string> {
    try {
      const who = Who.parse(jsonIn(await this.#run(['whoami', '--json'])))
      if (who.loggedIn) return who.accounts?.[0]?.name ?? who.email ?? 'your account'
    } catch (error) {
      if (!(error instanceof WranglerFailed)) throw error
    }
    throw new CannotDeploy('Nobody is logged in: npx wrangler login, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.')
  }

  /** Names of the Worker's secrets; null where there is no such Worker yet. */
  async secrets(environment = ''): Promise<readonly string[] | null> {
    try {
      return Secrets.parse(jsonIn(await this.#run(['secret', 'list', '--format', 'json', `--env=${environment}`]))).map(({ name }) => name)
    } catch (error) {
      if (error instanceof WranglerFailed && /does not exist|not found|10007|10090/i.test(error.message)) return null
      throw error
    }
  }

  /** Uploads the Worker; database and namespace are made where they are missing. */
  async deploy({ stated, environment, secrets = {}, domains = [] }: Deployment): Promise<void> {
    await withSecrets(secrets, async (file) => {
      const variables = [`DOORPLATE_COMMIT:${stated.commit}`, `DOORPLATE_BUNDLE:${stated.bundle}`, `DOORPLATE_PROOF:${stated.proof}`]
      await this.#run([
        'deploy',
        `--env=${environment}`,
        ...variables.flatMap((variable) => ['--var', variable]),
        ...(file === null ? [] : ['--secrets-file', file]),
        ...domains.flatMap((domain) => ['--domain', domain]),
      ])
    })
  }

  /**
   * Migrations and the Worker in the order in which neither is ever without the other: migrations only add, and the Worker
   * before works on the newer schema, so they go first; only the first deploy has to make the database before.
   */
  async rollOut(deployment: Deployment): Promise<void> {
    const first = !(await this.#hasDatabase(DATABASE))
    if (!first) await this.migrate(deployment.environment)
    await this.deploy(deployment)
    if (first) await this.migrate(deployment.environment)
  }

  async migrate(environment = ''): Promise<void> {
    await this.#run(['d1', 'migrations', 'apply', 'DB', '--remote', `--env=${environment}`])
  }

  async #hasDatabase(name: string): Promise<boolean> {
    const all = z.array(z.object({ name: z.string() })).parse(jsonIn(await this.#run(['d1', 'list', '--json'])))
    return all.some((each) => each.name === name)
  }
}

/** wrangler may say something before its JSON. */
export function jsonIn(printed: Buffer): unknown {
  const text = printed.toString('utf8')
  const begin = text.search(/^[[{]/m)
  if (begin < 0) throw new CannotDeploy('wrangler answered in a way this version does not know.')
  return JSON.parse(text.slice(begin))
}

/** Secrets go through a file that only we can read, never through a command line that others can list. */
async function withSecrets<T>(secrets: Readonly<Record<string, string>>, work: (file: string | null) => Promise<T>): Promise<T> {
  if (Object.keys(secrets).length === 0) return work(null)
  const folder = await mkdtemp(join(tmpdir(), 'doorplate-secret-'))
  try {
    const file = join(folder, 'secrets.json')
    await writeFile(file, JSON.stringify(secrets), { mode: 0o600 })
    return await work(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The checked-out commit, with a mark where files were changed; empty where this is no git checkout. */
export async function commitOf(root: string): Promise<string> {
  const git = (...words: string[]) =>
    new Promise<string>((tell) => execFile('git', ['-C', root, ...words], (error, out) => tell(error === null ? out.trim() : '')))
  const commit = await git('rev-parse', 'HEAD')
  if (commit === '') return ''
  return (await git('status', '--porcelain')) === '' ? commit : `${commit} with changes`
}
