/**
 * The command line of `npm run companies`: words in, plain data out; nothing here acts.
 */
import { parseArgs } from 'node:util'
import { BUILDS } from '../ranges/folder.ts'
import { DEFAULT_STATE } from '../start/options.ts'

export const VERBS = ['object', 'proof', 'show', 'list', 'withdraw'] as const
export type Verb = (typeof VERBS)[number]

export const HELP = `Companies in the range table, and companies that objected: those are never named again, on any site.

  npm run companies -- object DOMAIN --why TEXT [--name NAME]… [--domain OTHER]… [--check-dns]
                                   records the objection and deletes what the ledger holds of the company
  npm run companies -- proof DOMAIN          the TXT record that shows control of the domain, and whether it is there
  npm run companies -- show KEY|DOMAIN [--site ID]
                                   what the latest build says of it; with --site also the receipt stored there
  npm run companies -- list [--json]         the objections; --json is what "ranges -- build --objections FILE" reads
  npm run companies -- withdraw KEY|DOMAIN   the company changed its mind; named again after the next build

  --why TEXT       your note: who asked, when, where the letter is
  --name NAME      another name it is known by; --domain OTHER another domain of its own
  --check-dns      only with the TXT record in place (see proof)
  --dns-server IP  asks this name server instead of the system's
  --remote         the deployed database instead of the local one
  --state DIR      where the local database is kept (${DEFAULT_STATE})
  --out DIR        where builds are kept (${BUILDS})
  --json           one JSON document on stdout

Takes effect within a minute. Every build leaves objecting companies out; a rollback does not bring them back.
Exit code: 0 done, 1 refused or failed, 2 wrong usage.`

export interface CompaniesOptions {
  readonly verb: Verb
  readonly word: string
  readonly why: string
  readonly names: readonly string[]
  readonly domains: readonly string[]
  readonly checkDns: boolean
  readonly dnsServer: string | null
  readonly site: string | null
  readonly remote: boolean
  readonly state: string
  readonly out: string
  readonly json: boolean
}

export type CompaniesRequest = { readonly run: CompaniesOptions } | { readonly help: string } | { readonly wrong: string }

export function readCompaniesOptions(args: readonly string[]): CompaniesRequest {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        why: { type: 'string', default: '' },
        name: { type: 'string', multiple: true, default: [] },
        domain: { type: 'string', multiple: true, default: [] },
        'check-dns': { type: 'boolean', default: false },
        'dns-server': { type: 'string' },
        site: { type: 'string' },
        remote: { type: 'boolean', default: false },
        state: { type: 'string', default: DEFAULT_STATE },
        out: { type: 'string', default: BUILDS },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [first, word = '', ...more] = positionals
    if (values.help || first === 'help') return { help: HELP }
    const verb = VERBS.find((known) => known === first)
    if (verb === undefined) return { wrong: first === undefined ? 'What is to be done?' : `"${first}" is no verb.` }
    if (verb === 'list' ? word !== '' : word === '')
      return { wrong: `"${verb}" takes ${verb === 'list' ? 'no word' : 'a domain or a key'}.` }
    if (more.length > 0) return { wrong: 'One company at a time.' }
    if (verb === 'object' && values.why.trim() === '') return { wrong: 'Say why: --why "letter of 12 November".' }
    return {
      run: {
        verb,
        word,
        why: values.why,
        names: values.name,
        domains: values.domain,
        checkDns: values['check-dns'],
        dnsServer: values['dns-server'] ?? null,
        site: values.site ?? null,
        remote: values.remote,
        state: values.state,
        out: values.out,
        json: values.json,
      },
    }
  } catch (error) {
    // parseArgs names the word that it does not know; nothing else of its message is needed.
    return { wrong: error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'This option is not known.' }
  }
}
