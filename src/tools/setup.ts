/**
 * `npm run setup`: from nothing to the line to paste, on this machine or on Cloudflare. Safe to run again.
 */
import { SiteRefused } from '../ledger/sites.ts'
import { setUpHere } from './setup/local.ts'
import { readSetupOptions, type SetupOptions } from './setup/options.ts'
import { setUpThere } from './setup/remote.ts'
import { WrongSite } from './setup/site.ts'
import { talkOn } from './setup/talk.ts'

const request = readSetupOptions(process.argv.slice(2), process.stdin.isTTY === true)

if ('help' in request) console.log(request.help)
else if ('wrong' in request) {
  console.error(request.wrong)
  process.exitCode = 2
} else process.exitCode = await main(request.run, Date.now())

async function main(options: SetupOptions, now: number): Promise<number> {
  const talk = talkOn(options)
  try {
    const where =
      options.where ??
      ((await talk.question('On Cloudflare (c), or on this machine to try it (m)?', 'c')).startsWith('m') ? 'local' : 'remote')
    const done = where === 'local' ? await setUpHere(options, talk, now) : await setUpThere(options, talk, now)
    if (options.json) console.log(JSON.stringify({ where, ...done }))
    else console.log(closing(where, done))
    return 0
  } catch (error) {
    const told = error instanceof WrongSite || error instanceof SiteRefused || (error instanceof Error && error.message !== '')
    console.error(told ? (error as Error).message : 'That did not work.')
    return 1
  } finally {
    talk.end()
  }
}

function closing(
  where: 'local' | 'remote',
  {
    line,
    token,
    site,
  }: {
    readonly line: string
    readonly token: string | null
    readonly site: { readonly id: string; readonly endpointHosts: readonly string[] }
  },
): string {
  if (where === 'local') return '\nDone. npm start runs it, with a demo website to visit; npm run doctor looks whether all is well.'
  const endpoint = site.endpointHosts[0] ?? 't.example.com'
  return [
    '',
    `Paste this into the pages of ${site.id}, best loaded by the consent tool after consent (docs/consent.md):`,
    `  ${line}`,
    ...(token === null ? [] : ['', 'The owner’s token, shown this once; keep it in a password manager:', `  ${token}`]),
    '',
    `The admin is at https://${endpoint}/admin. Is all well?`,
    `  ADMIN_TOKEN=… npm run doctor -- --remote https://${endpoint}`,
  ].join('\n')
}
