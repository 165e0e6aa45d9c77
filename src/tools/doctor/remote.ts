/** `npm run doctor -- --remote URL`: a deployed installation, as a visitor, as its operator and as the account's owner sees it. */
import { join } from 'node:path'
import { bundleSnippet } from '../build/snippet.ts'
import { type Account, accountChecks } from './account.ts'
import { type Check, type Finding, lookAt, unknown } from './finding.ts'
import { Operator } from './operator.ts'
import { projectChecks } from './project.ts'
import { filesOf } from './stores.ts'
import { visitorChecks } from './visitor.ts'

export interface RemoteDoctor {
  readonly root: string
  readonly url: string
  /** The owner's; without it the operator's checks are left out. */
  readonly token: string | undefined
  readonly account: Account
  readonly now: () => number
  readonly patienceMs?: number
}

/** A new site is known to every isolate after a minute; totals are written within twenty seconds more. */
const PATIENCE_MS = 100_000

export async function examineThere(
  { root, url, token, account, now, patienceMs = PATIENCE_MS }: RemoteDoctor,
  tell: (finding: Finding) => void,
): Promise<readonly Finding[]> {
  const built = await bundleSnippet(join(root, 'src/snippet'))
  const files = await filesOf(join(root, 'migrations'))
  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
  const operating: readonly Check[] =
    token === undefined
      ? [
          {
            name: 'as its operator',
            look: () => unknown('set ADMIN_TOKEN to the owner’s token: secret, migrations, table, hourly work, canary'),
          },
        ]
      : operatorChecks(new Operator({ url, token, now, wait, patienceMs }), files)
  return lookAt(
    [...projectChecks(root, process.version), ...visitorChecks({ url, built, now }), ...operating, ...accountChecks(account)],
    tell,
  )
}

function operatorChecks(operator: Operator, files: readonly string[]): readonly Check[] {
  return [
    ...operator.checks(files),
    { name: 'hourly work there', look: () => operator.hourlyWork() },
    { name: 'canary', look: () => operator.canary() },
  ]
}
