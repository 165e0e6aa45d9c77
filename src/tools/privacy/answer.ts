/**
 * What `npm run privacy` answers for a site: files with their text, or the sentence that says what is missing.
 */
import { writeText } from '../../privacy/texts/catalogue.ts'
import type { Party, TextSource } from '../../privacy/texts/text.ts'
import { WELL_KNOWN_NOTE, wellKnownFiles } from '../../privacy/texts/well-known.ts'
import { htmlDocument } from './html.ts'
import type { TextRequest } from './options.ts'

export interface Made {
  /** Paths relative to the folder they are written into. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** What to know before using them. */
  readonly note: string | null
}

export type Answer = Made | { readonly wrong: string; readonly missing: readonly Party[] }

/** What the operator calls each field, and the option that sets it. */
const FIELDS: Readonly<Record<Party, { readonly name: string; readonly option: string }>> = {
  controller: { name: 'controller', option: '--controller "Company, street, postcode town"' },
  contact: { name: 'contact', option: '--contact privacy@example.com' },
  dataProtectionOfficer: {
    name: 'data protection officer',
    option: '--dpo "dpo@example.com" (or "none" where nobody has to be appointed)',
  },
  authority: { name: 'supervisory authority', option: '--authority "name of the authority"' },
  policy: { name: 'address of the privacy policy', option: '--policy https://www.example.com/privacy' },
}

export function answer(
  { kind, site, language, remote, html }: Pick<TextRequest, 'kind' | 'site' | 'language' | 'remote' | 'html'>,
  source: TextSource,
): Answer {
  if (kind === 'well-known') {
    const missing = (['policy', 'contact'] as const).filter((party) => source.manifest.site.parties[party] === null)
    if (missing.length > 0) return { missing, wrong: whatIsMissing(site, missing, remote) }
    return { files: wellKnownFiles(source), note: WELL_KNOWN_NOTE[language] }
  }
  const written = writeText(kind, source, language)
  if ('unfit' in written) return { missing: [], wrong: written.unfit }
  if ('missing' in written) return { missing: written.missing, wrong: whatIsMissing(site, written.missing, remote) }
  const file = html
    ? { path: `${kind}.${language}.html`, text: htmlDocument(written.text, language) }
    : { path: `${kind}.${language}.md`, text: written.text }
  return { files: [file], note: overdue(source) }
}

/** A balancing test is looked at again by the day that was recorded with it. */
function overdue({ manifest, date }: TextSource): string | null {
  const reviewBy = manifest.site.balancingTest?.reviewBy
  if (reviewBy === undefined || reviewBy >= date || manifest.site.basis !== 'legitimate-interest') return null
  return `The balancing test of this site was to be reviewed by ${reviewBy}: npm run privacy -- balancing --site ${manifest.site.id}`
}

function whatIsMissing(site: string, missing: readonly Party[], remote: boolean): string {
  const lines = missing.map(
    (party) => `  ${FIELDS[party].name}: npm run sites -- set ${site}${remote ? ' --remote' : ''} ${FIELDS[party].option}`,
  )
  return `The site "${site}" does not say yet:\n${lines.join('\n')}`
}
