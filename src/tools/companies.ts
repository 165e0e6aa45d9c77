/**
 * `npm run companies`: what the table says of a company, and companies that objected.
 */
import { domainOfKey, keyOfWord, objectionRow } from '../company-objection.ts'
import { readObjections, withdrawObjection } from '../ledger/objections.ts'
import { controlsDomain, proofRecord, txtLookup } from './companies/dns-proof.ts'
import { type CompaniesOptions, readCompaniesOptions } from './companies/options.ts'
import { recordObjection } from './companies/record-objection.ts'
import { storedCompany } from './companies/stored.ts'
import { companyInBuild } from './companies/table.ts'
import { withDatabase, withShards } from './d1/open.ts'
import { describeCompany } from './ranges/lookup.ts'

const DONE = 0
const REFUSED = 1
const WRONG_USAGE = 2

interface Outcome {
  readonly json: unknown
  readonly text: string
  readonly code: number
}

const outcome = (json: unknown, text: string, code = DONE): Outcome => ({ json, text, code })
const refused = (text: string): Outcome => outcome({ error: text }, text, REFUSED)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : 'That did not work.')
  process.exitCode = REFUSED
}

async function main(args: readonly string[]): Promise<number> {
  const request = readCompaniesOptions(args)
  if ('help' in request) {
    console.log(request.help)
    return DONE
  }
  if ('wrong' in request) {
    console.error(`${request.wrong} See: npm run companies -- --help`)
    return WRONG_USAGE
  }
  const { json, text, code } = await run(request.run)
  if (request.run.json) console.log(JSON.stringify(json, null, 2))
  else if (code === DONE) console.log(text)
  else console.error(text)
  return code
}

function run(options: CompaniesOptions): Promise<Outcome> {
  switch (options.verb) {
    case 'object':
      return object(options)
    case 'proof':
      return proof(options)
    case 'show':
      return show(options)
    case 'list':
      return list(options)
    case 'withdraw':
      return withdraw(options)
  }
}

async function object(options: CompaniesOptions): Promise<Outcome> {
  const { word, names, domains, why, checkDns, dnsServer, remote, state, out } = options
  const key = keyOfWord(word)
  const domain = key === null ? null : domainOfKey(key)
  if (checkDns) {
    if (domain === null) return refused('--check-dns needs a domain.')
    if (!(await controlsDomain(domain, txtLookup(dnsServer)))) return refused(`${missing(domain)} Nothing was recorded.`)
  }
  const known = key === null ? null : companyInBuild(out, key)
  const today = new Date().toISOString().slice(0, 10)
  const row = objectionRow({ word, names, domains, why, proof: checkDns ? 'dns' : null, known, today })
  if ('unfit' in row) return refused(`"${row.unfit}" is neither a domain nor a company key such as dom:example.com.`)
  const gone = await withShards(remote, (shards) => recordObjection(shards, row), state)
  const what = known === null ? 'the latest build lists nobody under it, and no build will' : `known as ${row.names.join(', ')}`
  const sentences = [
    `${row.key} objected (${what}).`,
    `Never named again, effective within a minute; what the ledger held of it on ${gone} site${gone === 1 ? '' : 's'} is deleted.`,
    'The next build leaves it out of the table: npm run ranges -- build, then publish.',
  ]
  return outcome({ ...row, deletedOnSites: gone }, sentences.join('\n'))
}

function missing(domain: string): string {
  const { name, value } = proofRecord(domain)
  return `There is no TXT record ${name} with "${value}".`
}

async function proof({ word, dnsServer }: CompaniesOptions): Promise<Outcome> {
  const key = keyOfWord(word)
  const domain = key === null ? null : domainOfKey(key)
  if (domain === null) return refused(`"${word}" is no domain.`)
  const record = proofRecord(domain)
  const there = await controlsDomain(domain, txtLookup(dnsServer))
  const text = there ? `${record.name} is there: whoever asked controls ${domain}.` : `${missing(domain)} Ask the company to add it.`
  return outcome({ domain, ...record, there }, text, there ? DONE : REFUSED)
}

async function show({ word, site, remote, state, out }: CompaniesOptions): Promise<Outcome> {
  const key = keyOfWord(word)
  if (key === null) return refused(`"${word}" is neither a domain nor a company key.`)
  const built = companyInBuild(out, key)
  const stored = site === null ? null : await withShards(remote, (shards) => storedCompany(shards.of(site), site, built?.key ?? key), state)
  const lines = [
    `in the latest build: ${built === null ? 'not listed' : describeCompany(built)}`,
    ...(site === null ? [] : [`on site ${site}: ${stored === null ? 'never seen' : describeCompany(stored)}`]),
  ]
  return outcome({ key, built, site, stored }, lines.join('\n'), built === null && stored === null ? REFUSED : DONE)
}

async function list({ remote, state }: CompaniesOptions): Promise<Outcome> {
  const rows = await withDatabase(remote, readObjections, state)
  const lines = rows.map(({ key, names, domains, created, proof: shown, why }) =>
    [created, key, names.join(', '), domains.join(', '), shown === null ? '' : `proof: ${shown}`, why].filter(Boolean).join('  '),
  )
  return outcome(rows, lines.length === 0 ? 'No company objected.' : lines.join('\n'))
}

async function withdraw({ word, remote, state }: CompaniesOptions): Promise<Outcome> {
  const key = keyOfWord(word)
  const gone = key !== null && (await withDatabase(remote, (db) => withdrawObjection(db, key), state))
  return gone
    ? outcome({ key, withdrawn: true }, `${key} may be named again after the next build is published.`)
    : refused(`There is no objection under "${word}". "list" shows them.`)
}
