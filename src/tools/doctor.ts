/**
 * `npm run doctor`: is it well? Each line says ok or what to do.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Finding, lineOf } from './doctor/finding.ts'
import { examineHere } from './doctor/local.ts'
import { examineThere } from './doctor/remote.ts'
import { DEFAULT_STATE, KEPT } from './start/options.ts'

const HELP = `Looks at an installation from every side. Each line says ok, or what to do.

  npm run doctor [-- --local]             this machine’s: folder, database, range table, and the Worker, started for it
  npm run doctor -- --remote URL          a deployed one; URL is a host on which a site reaches it: https://t.example.com

  --state DIR  where the local database is kept (${DEFAULT_STATE})
  --name NAME  the Worker’s name in the account (doorplate)
  --json       for programs

With --remote, ADMIN_TOKEN in the environment (the owner’s token) adds migrations, table, hourly work and a canary: an
event on a site that no list names, counted, searched for leaks and deleted again. CLOUDFLARE_ACCOUNT_ID and
CLOUDFLARE_API_TOKEN (read Workers scripts and D1) add what the account says. What could not be looked at is marked ??.
Exit code: 0 well, 1 something is wrong, 2 wrong usage.`

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    ;(options === null ? console.error : console.log)(HELP)
    return options === null ? 2 : 0
  }
  const { remote, state, json, name } = options
  const root = process.cwd()
  const tell = (finding: Finding) => {
    if (!json) console.log(lineOf(finding))
  }
  try {
    const findings =
      remote === undefined
        ? await examineHere({ root, state: state ?? DEFAULT_STATE, tokenFile: join(state ?? KEPT, 'admin-token'), now: Date.now }, tell)
        : await examineThere({ root, url: remote, token: process.env.ADMIN_TOKEN, account: accountOf(name), now: Date.now }, tell)
    const wrong = findings.filter((finding) => finding.state === 'wrong')
    if (json) console.log(JSON.stringify(findings))
    else console.log(wrong.length === 0 ? '\nAll is well.' : `\n${wrong.length} of ${findings.length} are wrong.`)
    return wrong.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'That did not work.')
    return 1
  }
}

function accountOf(script: string) {
  const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_API_BASE_URL: base } = process.env
  return { account, token, base: base ?? 'https://api.cloudflare.com/client/v4', script }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        remote: { type: 'string' },
        local: { type: 'boolean', default: false },
        state: { type: 'string' },
        name: { type: 'string', default: 'doorplate' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values.remote !== undefined && (values.local || !URL.canParse(values.remote)) ? null : values
  } catch {
    return null
  }
}

process.exitCode = await main()
