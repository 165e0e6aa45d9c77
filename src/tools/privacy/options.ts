/**
 * The command line of `npm run privacy`: words in, plain data out; nothing here acts.
 */
import { parseArgs } from 'node:util'
import type { Language } from '../../privacy/language.ts'
import { TEXTS, type TextKind } from '../../privacy/texts/catalogue.ts'
import { DEFAULT_STATE } from '../start/options.ts'

/** Forms of the catalogue, and the files for the operator's own site. */
export type Kind = TextKind | 'well-known'
export const KINDS: readonly Kind[] = [...(Object.keys(TEXTS) as TextKind[]), 'well-known']

export const HELP = `Privacy papers of a site, made from its manifest: the very object that /.well-known/doorplate.json serves.

  npm run privacy -- <text> --site ID [--lang de|en] [--remote] [--json] [--out DIR]
  npm run privacy -- rights --search TEXT [--remote] [--json]
                                          where operators wrote about a person: notes, tags, names of tokens, the audit log …
  npm run privacy -- docs [--write]       whether docs/privacy.md and docs/privacy/ are up to date; --write makes them so

  notice               part for the privacy policy (Art. 13 GDPR), the right to object set apart
  consent-text         words and set-up for the consent tool
  cookies              entry for the list of cookies
  record               record of processing activities (Art. 30(1))
  record-processor     the same for a service provider (Art. 30(2))
  balancing            balancing test for the basis legitimate-interest, arguments against included
  dpia-screening       whether an impact assessment is needed (Art. 35)
  art28                checklist for the contract with Cloudflare
  processor-contract   contract for whoever runs Doorplate for somebody else
  toms                 technical and organisational measures (Art. 32)
  rights               how to answer requests
  staff-sheet          one page for those who read the lists
  well-known           gpc.json and tracking status for the site's own server

  --site ID    the site; npm run sites -- list shows them
  --lang de|en German or English (default)
  --html       a page to look at or print, instead of Markdown
  --out DIR    writes files into DIR instead of printing them
  --json       one JSON document on stdout
  --remote     the deployed site, through wrangler's login
  --state DIR  where the local data are kept (${DEFAULT_STATE})

None of this is legal advice. Exit code: 0 done, 1 something is missing or out of date, 2 wrong usage.`

export interface TextRequest {
  readonly kind: Kind
  readonly site: string
  readonly language: Language
  readonly remote: boolean
  readonly state: string
  readonly json: boolean
  readonly html: boolean
  readonly out: string | null
}

export interface SearchRequest {
  readonly words: string
  readonly remote: boolean
  readonly state: string
  readonly json: boolean
}

export type PrivacyRequest =
  | { readonly search: SearchRequest }
  | { readonly run: TextRequest }
  | { readonly docs: { readonly write: boolean } }
  | { readonly help: string }
  | { readonly wrong: string }

export function readPrivacyOptions(args: readonly string[]): PrivacyRequest {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        site: { type: 'string' },
        lang: { type: 'string', default: 'en' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        html: { type: 'boolean', default: false },
        remote: { type: 'boolean', default: false },
        state: { type: 'string', default: DEFAULT_STATE },
        write: { type: 'boolean', default: false },
        search: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    const [name, ...more] = positionals
    if (values.help === true || name === 'help') return { help: HELP }
    if (more.length > 0) return { wrong: `One text at a time, not "${more.join(' ')}" too.` }
    if (name === 'docs') return { docs: { write: values.write } }
    const kind = KINDS.find((known) => known === name)
    if (kind === undefined) return { wrong: name === undefined ? 'Which text?' : `"${name}" is no text of this command.` }
    if (values.search !== undefined) return readSearch(kind, values.search, values)
    if (values.site === undefined) return { wrong: 'Say the site: --site ID.' }
    const { lang: language, site, remote, state, json, html, out = null } = values
    if (language !== 'de' && language !== 'en') return { wrong: `--lang is de or en, not "${language}".` }
    if (html && kind === 'well-known') return { wrong: 'well-known are files for machines: there is no --html of them.' }
    return { run: { kind, site, language, remote, state, json, html, out } }
  } catch (error) {
    // parseArgs names the word that it does not know; nothing else of its message is needed.
    return { wrong: error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'This option is not known.' }
  }
}

/** One letter is in every text. */
const SHORTEST = 3

function readSearch(kind: Kind, search: string, { remote, state, json }: Omit<SearchRequest, 'words'>): PrivacyRequest {
  const words = search.trim()
  if (kind !== 'rights') return { wrong: '--search belongs to rights: npm run privacy -- rights --search TEXT.' }
  if (words.length < SHORTEST) return { wrong: `--search takes ${SHORTEST} letters at least.` }
  return { search: { words, remote, state, json } }
}
