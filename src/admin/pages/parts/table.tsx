import type { Child } from 'hono/jsx'

/** The head of a column: text, or text with how it stands. A hidden one is for screen readers only. */
export type Head = string | readonly [text: string, how: 'number' | 'hidden']

/** A table on a sheet; a wide one scrolls by itself, by keyboard too, and leaves the page where it is. */
export function Table(props: { readonly title: string; readonly heads?: readonly Head[]; readonly children: Child }) {
  return (
    <section class="scroll sheet flush" tabindex={0} aria-label={props.title}>
      <table>
        {props.heads === undefined ? null : (
          <thead>
            <tr>
              {props.heads.map((head) => {
                const [text, how] = typeof head === 'string' ? [head, ''] : head
                return (
                  <th scope="col" class={how === 'number' ? how : undefined}>
                    {how === 'hidden' ? <span class="hidden">{text}</span> : text}
                  </th>
                )
              })}
            </tr>
          </thead>
        )}
        <tbody>{props.children}</tbody>
      </table>
    </section>
  )
}

/** Terms and what they are. */
export function Facts(props: { readonly class?: string; readonly facts: readonly (readonly [term: string, value: Child])[] }) {
  return (
    <dl class={props.class ?? 'facts sheet'}>
      {props.facts.map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
