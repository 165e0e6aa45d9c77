/** The result of a check, for a person. */
import type { Early, FoundLine, Sent, Stage, StageName } from './verdict.ts'

export interface CheckResult {
  readonly url: string
  readonly line: FoundLine | null
  readonly stages: readonly Stage[]
  readonly tooEarly: readonly Early[]
}

/** 1 when anything was sent too early, 2 when there was nothing to check. */
export function exitCode({ line, tooEarly }: CheckResult): 0 | 1 | 2 {
  if (tooEarly.length > 0) return 1
  return line === null ? 2 : 0
}

const TITLES: Readonly<Record<StageName, string>> = {
  'before-choice': 'Before a choice',
  'after-refusal': 'After a refusal',
  'after-consent': 'After consent',
  'with-gpc': 'With GPC, after consent',
}

const REASONS: Readonly<Record<Early['why'], string>> = {
  'event-before-consent': 'an event before consent',
  'event-after-refusal': 'an event after a refusal',
  'event-despite-gpc': 'an event despite GPC',
  'file-before-consent': 'a request before consent',
}

export function reportText({ url, line, stages, tooEarly }: CheckResult): string {
  const parts = [
    url,
    line === null ? 'Doorplate’s line was not found on the page.' : `Line: ${line.form}, ${line.basis}, events go to ${line.endpoint}`,
  ]
  for (const { name, decidedBy, sent } of stages) {
    parts.push(
      '',
      `${TITLES[name]}${decidedBy === null ? '' : ` (${decidedBy})`}: ${sent.length === 1 ? '1 request' : `${sent.length} requests`}`,
    )
    parts.push(...sent.map((request) => `  ${lineOf(request)}`))
  }
  parts.push('')
  for (const { stage, sent, why } of tooEarly) parts.push(`TOO EARLY  ${TITLES[stage]}: ${REASONS[why]}: ${lineOf(sent)}`)
  if (tooEarly.length === 0) parts.push('Nothing is sent too early.')
  const counted = stages.find(({ name }) => name === 'after-consent')?.sent.some(({ event }) => event !== null)
  if (!counted) parts.push('After consent no event was sent: this page is not counted. See docs/consent.md.')
  return parts.join('\n')
}

function lineOf({ method, url, event }: Sent): string {
  return [method, url, event].filter(Boolean).join(' ')
}
