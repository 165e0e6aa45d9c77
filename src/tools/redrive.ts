/**
 * `npm run redrive`: brings counters that could not be written back from the dead-letter queue, after what was wrong
 * with D1 is mended. Each message keeps its id, so one that had been written after all changes nothing; ids are known
 * for 24 hours, which is why older messages are left where they are unless asked for.
 */
import { parseArgs } from 'node:util'
import { queueApi, RedriveFailed } from './redrive/queue-api.ts'
import { redrive } from './redrive/redrive.ts'

const HELP = `Brings counters back from the dead-letter queue to the queue.

  npm run redrive -- --dry-run     count them, move nothing
  npm run redrive

  --old         also those older than 24 hours: should one have been written although its answer was lost, it would count twice
  --queue NAME  where to (doorplate-counts-eu)
  --dead NAME   where from (doorplate-counts-dead-eu)

Needs CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN (permission Queues: Edit) in the environment. The first run lets
the dead-letter queue be pulled over HTTP. Exit code: 0 done, 1 failed, 2 wrong usage.`

process.exitCode = await main()

async function main(): Promise<number> {
  const options = readOptions()
  if (options === null || options.help) {
    console.log(HELP)
    return options === null ? 2 : 0
  }
  const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_API_BASE_URL: base } = process.env
  if (account === undefined || token === undefined) {
    console.error('Set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN (permission Queues: Edit).')
    return 2
  }
  try {
    const api = queueApi({ account, token, base: base ?? 'https://api.cloudflare.com/client/v4' })
    const { moved, old, foreign } = await redrive(api, {
      from: options.dead,
      to: options.queue,
      dry: options['dry-run'],
      old: options.old,
      now: Date.now(),
    })
    console.log(options['dry-run'] ? `${moved} messages would be brought back.` : `Brought back ${moved} messages.`)
    if (old > 0) console.log(`${old} are older than 24 hours and stay; --old brings them too.`)
    if (foreign > 0) console.log(`${foreign} are none of this version's messages and stay.`)
    return 0
  } catch (error) {
    console.error(error instanceof RedriveFailed ? error.message : 'Cloudflare could not be reached.')
    return 1
  }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        'dry-run': { type: 'boolean', default: false },
        old: { type: 'boolean', default: false },
        queue: { type: 'string', default: 'doorplate-counts-eu' },
        dead: { type: 'string', default: 'doorplate-counts-dead-eu' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch {
    return null
  }
}
