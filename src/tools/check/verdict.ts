/** What the requests of a page mean: pure, so that every rule is one line of a test. */

export const STAGES = ['before-choice', 'after-refusal', 'after-consent', 'with-gpc'] as const
export type StageName = (typeof STAGES)[number]

/** A request to Doorplate. */
export interface Sent {
  readonly method: string
  readonly url: string
  /** The event's own text, for a request that carries one. */
  readonly event: string | null
}

export interface Stage {
  readonly name: StageName
  /** Who was told the decision: a button's selector, or the page's own command where no banner was found. */
  readonly decidedBy: string | null
  readonly sent: readonly Sent[]
}

/** The line as the browser found it in the finished page. */
export interface FoundLine {
  readonly form: 'plain' | 'gated' | 'self-hosted'
  readonly endpoint: string
  readonly basis: 'consent' | 'legitimate-interest'
}

export interface Early {
  readonly stage: StageName
  readonly sent: Sent
  readonly why: 'event-before-consent' | 'event-after-refusal' | 'event-despite-gpc' | 'file-before-consent'
}

/**
 * What was sent too early. An event before a choice is one unless the line says legitimate interest; an event after a
 * refusal or with GPC always is. The file may be loaded before consent by a plain line and by no other.
 */
export function tooEarly(stages: readonly Stage[], line: FoundLine | null, nothingBeforeConsent: boolean): readonly Early[] {
  const mayLoad = line?.form === 'plain' && !nothingBeforeConsent
  return stages.flatMap(({ name, sent }) =>
    sent.flatMap((request): Early[] => {
      if (request.event !== null) {
        if (name === 'after-refusal') return [{ stage: name, sent: request, why: 'event-after-refusal' }]
        if (name === 'with-gpc') return [{ stage: name, sent: request, why: 'event-despite-gpc' }]
        if (name === 'before-choice' && line?.basis !== 'legitimate-interest')
          return [{ stage: name, sent: request, why: 'event-before-consent' }]
      } else if ((name === 'before-choice' || name === 'after-refusal') && !mayLoad) {
        return [{ stage: name, sent: request, why: 'file-before-consent' }]
      }
      return []
    }),
  )
}
