/**
 * `npm run deploy`: prove, migrate, deploy, build and publish the range table. What a "Deploy to Cloudflare" button runs.
 */
import { parseArgs } from 'node:util'
import { readObjections } from '../ledger/objections.ts'
import { remoteD1 } from './d1/remote-d1.ts'
import { CannotDeploy, Cloud, commitOf } from './deploy/cloud.ts'
import { DEFAULT_EVENTS } from './prove/options.ts'
import { buildForDeploy, prove, secretsOfToday } from './prove/proof.ts'
import { buildTable } from './ranges/build.ts'
import { publishBuild } from './ranges/publish.ts'
import { remoteKv } from './ranges/remote-kv.ts'

const HELP = `Deploys this checkout: proof, migrations, Worker, range table.

  npm run deploy                     on the account that wrangler is logged in to
  npm run deploy -- --env queue      with the queue between the Worker and the database (docs/scaling.md)

  --no-proof       leaves the proof out; the manifest then states none
  --no-table       leaves the range table as it is
  --domain HOST    a custom domain of the Worker; repeat for several. Those there are stay
  --dry-run        proof and build, nothing is uploaded
  --json           for programs

The bundle's hash, the commit and the proof's result become variables of the Worker; its public manifest shows them, and
npm run verify compares them. Exit code: 0 deployed, 1 refused or failed, 2 wrong usage.`

async function main(now: Date): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  const say = (line: string) => {
    if (!options.json) console.log(line)
  }
  try {
    const cloud = new Cloud()
    if (!options['dry-run']) say(`Account: ${await cloud.account()}`)
    const worker = await buildForDeploy()
    say(`Bundle: ${worker.sha256}`)
    const proof = options['no-proof'] ? '' : await proved(worker, now)
    if (proof !== '') say(`Proof: ${proof}`)
    const stated = { commit: await commitOf(process.cwd()), bundle: worker.sha256, proof }
    if (!options['dry-run']) {
      const environment = options.env
      await cloud.rollOut({ stated, environment, domains: options.domain })
      say('Worker: deployed, database migrated')
      if (!options['no-table']) say(`Range table: ${await publish()}`)
      if ((await cloud.secrets(environment))?.includes('ADMIN_TOKEN_HASH') !== true) {
        say('There is no ADMIN_TOKEN_HASH yet, so /admin is 404: npm run setup makes the owner’s token.')
      }
    }
    if (options.json) console.log(JSON.stringify({ deployed: !options['dry-run'], ...stated }))
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

/** One line for the manifest. @throws CannotDeploy when the proof found something: then nothing is deployed. */
async function proved(worker: Awaited<ReturnType<typeof buildForDeploy>>, now: Date): Promise<string> {
  const { passed, sent, searched } = await prove({ worker, prepared: secretsOfToday(now), events: DEFAULT_EVENTS })
  if (!passed) throw new CannotDeploy('The proof did not pass, so nothing was deployed. npm run prove says what it found.')
  const bytes = searched.reduce((sum, place) => sum + place.bytes, 0)
  return `passed ${now.toISOString().slice(0, 10)}, ${sent.events} events, ${Math.round(bytes / 1e6)} MB searched`
}

async function publish(): Promise<string> {
  const built = await buildTable({ objections: await readObjections(remoteD1()) })
  const published = await publishBuild(remoteKv())
  return `${built.description.counts.companies} organisations, ${published.already ? 'published already' : 'published'}`
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        env: { type: 'string', default: '' },
        'no-proof': { type: 'boolean', default: false },
        'no-table': { type: 'boolean', default: false },
        domain: { type: 'string', multiple: true, default: [] as string[] },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return null
  }
}

process.exitCode = await main(new Date())
