/** What `npm run check` was asked to do. */
import { parseArgs } from 'node:util'

export const HELP = `Opens a page in Chromium and lists every request to Doorplate: before a choice, after a refusal, after consent, with GPC.

  npm run check -- https://www.example.com/
  npm run check -- URL --refuse "#no" --accept "#yes"   the banner's buttons, where the check does not know them
  npm run check -- URL --host t.example.com             Doorplate's host, where the page does not name it
  npm run check -- URL --nothing-before-consent         loading the file counts as too early as well
  npm run check -- URL --browser /path/to/chrome        another browser; needed on macOS and Windows
  npm run check -- URL --json                           the result as JSON
  npm run check -- --help                               this text

Events are answered by the check itself and do not reach Doorplate: nothing is counted because of it.
Ends with 0 when nothing was sent too early, with 1 when something was, with 2 when the page could not be checked.`

export interface CheckOptions {
  readonly url: string
  readonly host: string | null
  readonly accept: string | null
  readonly refuse: string | null
  readonly browser: string | null
  readonly nothingBeforeConsent: boolean
  readonly json: boolean
}

export type CheckRequest = { readonly run: CheckOptions } | { readonly help: string } | { readonly wrong: string }

export function readCheckOptions(args: readonly string[]): CheckRequest {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        host: { type: 'string' },
        accept: { type: 'string' },
        refuse: { type: 'string' },
        browser: { type: 'string' },
        'nothing-before-consent': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { help: HELP }
    const [address = '', ...more] = positionals
    const url = URL.parse(address)
    if (more.length > 0 || url === null || !/^https?:$/.test(url.protocol)) {
      return { wrong: 'Name one page, as https://www.example.com/. See: npm run check -- --help' }
    }
    return {
      run: {
        url: url.href,
        host: values.host?.toLowerCase() ?? null,
        accept: values.accept ?? null,
        refuse: values.refuse ?? null,
        browser: values.browser ?? null,
        nothingBeforeConsent: values['nothing-before-consent'],
        json: values.json,
      },
    }
  } catch (error) {
    return { wrong: `${error instanceof Error ? error.message : 'This option is not known.'} See: npm run check -- --help` }
  }
}
