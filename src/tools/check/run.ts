/** The check as a whole; the command and its test call this. */
import type { Browser } from 'playwright-core'
import type { CheckOptions } from './options.ts'
import type { CheckResult } from './report.ts'
import { visitStages } from './stages.ts'
import { tooEarly } from './verdict.ts'

/** Tag managers and consent tools load one thing after another. */
const QUIET_MS = 1_500

export async function check(browser: Browser, options: CheckOptions, quietMs = QUIET_MS): Promise<CheckResult> {
  const { url, host, accept, refuse, nothingBeforeConsent } = options
  const { line, stages } = await visitStages(browser, { url, host, accept, refuse, quietMs })
  return { url, line, stages, tooEarly: tooEarly(stages, line, nothingBeforeConsent) }
}
