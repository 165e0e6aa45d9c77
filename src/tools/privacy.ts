/**
 * `npm run privacy`: the papers a privacy officer needs, made from the site's manifest. See `npm run privacy -- --help`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { searchWritten } from '../ledger/desk/written.ts'
import { RELEASE } from '../release.ts'
import { withShards } from './d1/open.ts'
import { answer } from './privacy/answer.ts'
import { forms, PAGE, withSections } from './privacy/docs.ts'
import { readPrivacyOptions, type SearchRequest, type TextRequest } from './privacy/options.ts'
import { NoDatabase, NoSuchSite, readSource } from './privacy/source.ts'
import { WranglerFailed } from './wrangler.ts'

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

const isOperators = (error: unknown): error is Error =>
  error instanceof NoSuchSite || error instanceof NoDatabase || error instanceof WranglerFailed

async function main(args: readonly string[], today: string): Promise<number> {
  const request = readPrivacyOptions(args)
  if ('help' in request) {
    console.log(request.help)
    return DONE
  }
  if ('wrong' in request) {
    console.error(`${request.wrong} See: npm run privacy -- --help`)
    return WRONG_USAGE
  }
  if ('docs' in request) return docs(request.docs.write)
  if ('search' in request) return search(request.search)
  try {
    return await papers(request.run, today)
  } catch (error) {
    if (!isOperators(error)) throw error
    return fail(error.message, [], request.run.json)
  }
}

/** For a person who asks what is kept about them: what operators wrote, on all sites. */
async function search({ words, remote, state, json }: SearchRequest): Promise<number> {
  try {
    const found = await withShards(remote, ({ all }) => searchWritten(all, words), state)
    if (json) console.log(JSON.stringify({ search: words, found }, null, 2))
    else if (found.length === 0)
      console.log('Nobody wrote this: no note, tag, name of a token, reason or entry of the audit log contains it.')
    else for (const { place, site, at, text } of found) console.log([place, site, at, text.replaceAll(/\s+/g, ' ')].join('  '))
    return DONE
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'The database did not answer.', [], json)
  }
}

async function papers(run: TextRequest, today: string): Promise<number> {
  const made = answer(run, await readSource(run, today))
  if ('wrong' in made) return fail(made.wrong, made.missing, run.json)
  const { out } = run
  const paths = out === null ? [] : made.files.map(({ path, text }) => write(join(out, path), text))
  if (run.json) {
    const { site, language } = run
    console.log(
      JSON.stringify(
        { site, text: run.kind, language, date: today, version: RELEASE.version, files: made.files, note: made.note },
        null,
        2,
      ),
    )
    return DONE
  }
  if (out !== null) console.log(paths.join('\n'))
  else console.log(made.files.map(({ path, text }) => (made.files.length === 1 ? text : `${path}\n${text}`)).join('\n'))
  if (made.note !== null) console.error(made.note)
  return DONE
}

function fail(sentence: string, missing: readonly string[], json: boolean): number {
  if (json) console.log(JSON.stringify({ error: sentence, missing }))
  else console.error(sentence)
  return FAILED
}

function docs(rewrite: boolean): number {
  const wanted = [{ path: PAGE, text: withSections(readFileSync(PAGE, 'utf8')) }, ...forms()]
  const stale = wanted.filter(({ path, text }) => contentOf(path) !== text)
  for (const { path, text } of rewrite ? stale : []) write(path, text)
  for (const { path } of stale) console.log(rewrite ? `written: ${path}` : `out of date: ${path}`)
  if (stale.length === 0) console.log('The pages are up to date.')
  return rewrite || stale.length === 0 ? DONE : FAILED
}

function contentOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function write(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

process.exitCode = await main(process.argv.slice(2), new Date().toISOString().slice(0, 10))
