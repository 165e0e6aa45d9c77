/** `npm run setup -- --local`: everything that `npm start` needs, made once, offline. */

import { rm } from 'node:fs/promises'
import { readObjections } from '../../ledger/objections.ts'
import { buildAssets } from '../build.ts'
import { withBindings } from '../start/local-bindings.ts'
import { provideTable } from '../start/range-table.ts'
import { migrate } from '../start/tables.ts'
import { localToken } from '../start/token.ts'
import type { SetupOptions } from './options.ts'
import { firstSite, type MadeSite, WrongSite } from './site.ts'
import type { Talk } from './talk.ts'

export interface SetUp extends MadeSite {
  /** The owner's token where it was made now; it is shown once. */
  readonly token: string | null
}

export async function setUpHere(options: SetupOptions, talk: Talk, now: number): Promise<SetUp> {
  const today = new Date(now).toISOString().slice(0, 10)
  talk.step('Snippet', 'The one file that a visitor’s browser loads, built from src/snippet.')
  const [snippet] = await buildAssets()
  talk.done(`d.js, ${snippet?.sizes.gzip} bytes gzipped`)

  talk.step('Owner’s token', 'It opens /admin. The Worker knows only its SHA-256.')
  if (options.newToken) await rm(options.tokenFile, { force: true })
  const token = await localToken(null, options.tokenFile)
  if ('wrong' in token) throw new WrongSite(token.wrong)
  talk.done(`kept in ${options.tokenFile}`)

  return withBindings(options.state, async ({ DB, RANGES }) => {
    talk.step('Database', 'Hourly counters of companies and anonymous daily counts; no table has a place for an address.')
    const applied = await migrate(DB, 'migrations')
    talk.done(applied.length === 0 ? 'up to date' : `${applied.length} migrations applied`)

    talk.step('Range table', 'Which networks are which organisation’s, compiled on this machine from public data.')
    talk.done(options.table ? await provideTable(RANGES, await readObjections(DB), () => undefined, chosenBuild(options)) : 'left as it is')

    return { ...(await firstSite(DB, options, true, talk, today)), token: token.token }
  })
}

export const chosenBuild = ({ sources, list, builds }: SetupOptions) => ({
  ...(sources !== null && { sources }),
  ...(list !== null && { list }),
  ...(builds !== null && { out: builds }),
})
