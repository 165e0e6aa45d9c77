import type { Child } from 'hono/jsx'
import { Words } from './words.tsx'

/** Why there may be nothing to see: every possible reason with what shows whether it is the one. We claim to know none. */
export interface Reason {
  readonly reason: string
  /** How to find out. */
  readonly check: string
  readonly href?: string | undefined
}

export function Empty(props: {
  readonly title: string
  readonly intro?: string
  readonly reasons?: readonly Reason[]
  readonly children?: Child
}) {
  return (
    <section class="empty">
      <h2>{props.title}</h2>
      {props.intro === undefined ? null : <p>{props.intro}</p>}
      {props.reasons === undefined ? null : (
        <dl>
          {props.reasons.map(({ reason, check, href }) => (
            <div>
              <dt>{reason}</dt>
              <dd>{href === undefined ? <Words>{check}</Words> : <a href={href}>{check}</a>}</dd>
            </div>
          ))}
        </dl>
      )}
      {props.children}
    </section>
  )
}
