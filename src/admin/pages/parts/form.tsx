import type { Child } from 'hono/jsx'
import { type AnyAt, hereWith, textOf } from '../page.tsx'
import { Words } from './words.tsx'

/**
 * Forms that work without JavaScript and post to their own page. Each names itself in a hidden field; a refusal stands
 * at the form it belongs to, in an element that a screen reader reads at once, and what was typed stays.
 */
export function Form(props: {
  readonly at: AnyAt
  readonly name: string
  readonly class?: string
  /** Hidden fields. */
  readonly with?: Readonly<Record<string, string>>
  /** Where on the page its answer stands, for a form far down. */
  readonly anchor?: string
  /** What is wrong, in the reader's language, by the refusal's code or its field; else the API's own sentence stands there. */
  readonly reasons?: Readonly<Record<string, string>>
  readonly children: Child
}) {
  const { at, name } = props
  return (
    <form method="post" action={hereWith(at) + (props.anchor === undefined ? '' : `#${props.anchor}`)} class={props.class}>
      <input type="hidden" name="form" value={name} />
      {Object.entries(props.with ?? {}).map(([field, value]) => (
        <input type="hidden" name={field} value={value} />
      ))}
      {props.children}
      <Wrong at={at} form={name} with={props.with} reasons={props.reasons} />
    </form>
  )
}

/** Why the form was refused, in the reader's language, with the API's own sentence behind it. */
function Wrong(props: {
  readonly at: AnyAt
  readonly form: string
  readonly with?: Readonly<Record<string, string>> | undefined
  readonly reasons?: Readonly<Record<string, string>> | undefined
}) {
  const { t, refused } = props.at
  if (refused === null || refused.form !== props.form) return null
  // Several forms of one name on a page differ in their hidden fields.
  if (Object.entries(props.with ?? {}).some(([field, value]) => textOf(refused.fields, field) !== value)) return null
  const { status, detail, field, code } = refused.refusal
  const said = [code, field].map((word) => (word === undefined ? undefined : props.reasons?.[word])).find((text) => text !== undefined)
  if (said !== undefined) {
    return (
      <p class="wrong" role="alert">
        {said}
      </p>
    )
  }
  return (
    <p class="wrong" role="alert">
      {t.frame.refusals[status === 403 ? 'role' : status === 404 ? 'gone' : status === 409 ? 'conflict' : 'field']}{' '}
      <span lang="en">{detail}</span>
    </p>
  )
}

/** What was typed into a field when the form was refused, else `value`. */
export function typed(at: AnyAt, form: string, name: string, value = ''): string {
  return at.refused?.form === form ? textOf(at.refused.fields, name) : value
}

/** A label with its field; the value is what was typed when the form was refused, else `value`. */
export function Field(props: {
  readonly at: AnyAt
  readonly form: string
  readonly name: string
  readonly label: string
  readonly value?: string | number | undefined
  readonly type?: 'text' | 'number' | 'date' | 'search' | 'email' | 'url' | 'textarea'
  readonly hint?: string
  readonly required?: boolean
  readonly maxlength?: number
  readonly min?: number | string
  readonly max?: number | string
  readonly pattern?: string
  readonly placeholder?: string
  readonly autocomplete?: string
  readonly rows?: number
  /** Ids of a datalist. */
  readonly list?: string
}) {
  const { at, form, name, label, hint, type = 'text', value, rows, ...rest } = props
  const id = `${form}-${name}`
  const text = typed(at, form, name, String(value ?? ''))
  const attributes = {
    ...rest,
    id,
    name,
    'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
    'aria-invalid': at.refused?.form === form && at.refused.refusal.field === name ? 'true' : undefined,
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === 'textarea' ? (
        <textarea {...attributes} rows={rows ?? 3}>
          {text}
        </textarea>
      ) : (
        <input {...attributes} type={type} value={text} />
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          <Words>{hint}</Words>
        </p>
      )}
    </div>
  )
}

export function Choice(props: {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly value: string | undefined
  readonly hint?: string
}) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <select id={props.id} name={props.name} aria-describedby={props.hint === undefined ? undefined : `${props.id}-hint`}>
        {props.options.map(([value, label]) => (
          <option value={value} selected={value === (props.value ?? '')}>
            {label}
          </option>
        ))}
      </select>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${props.id}-hint`}>
          <Words>{props.hint}</Words>
        </p>
      )}
    </div>
  )
}

/** A box to tick, with its consequence beside it. */
export function Check(props: {
  readonly id: string
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly checked?: boolean
  readonly required?: boolean
  readonly hint?: string
}) {
  return (
    <div class="check">
      <input
        type="checkbox"
        id={props.id}
        name={props.name}
        value={props.value ?? 'yes'}
        checked={props.checked}
        required={props.required}
        aria-describedby={props.hint === undefined ? undefined : `${props.id}-hint`}
      />
      <label for={props.id}>{props.label}</label>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${props.id}-hint`}>
          <Words>{props.hint}</Words>
        </p>
      )}
    </div>
  )
}

/** Something that cannot be undone: folded away, and a box to tick before the button. */
export function Careful(props: {
  readonly at: AnyAt
  readonly name: string
  readonly id?: string
  readonly summary: string
  readonly text: string
  readonly tick: string
  readonly button: string
  readonly with?: Readonly<Record<string, string>>
  readonly reasons?: Readonly<Record<string, string>>
  readonly children?: Child
}) {
  const id = props.id ?? props.name
  return (
    <details class="careful" open={props.at.refused?.form === props.name}>
      <summary>{props.summary}</summary>
      <Form at={props.at} name={props.name} with={props.with ?? {}} reasons={props.reasons ?? {}}>
        <p>
          <Words>{props.text}</Words>
        </p>
        {props.children}
        <Check id={`${id}-sure`} name="sure" label={props.tick} required={true} />
        <button type="submit" class="danger">
          {props.button}
        </button>
      </Form>
    </details>
  )
}
