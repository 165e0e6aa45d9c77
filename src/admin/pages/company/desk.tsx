import type { Note } from '../../../ledger/desk/notes.ts'
import { type At, addressOf } from '../page.tsx'
import { Careful, Field, Form } from '../parts/form.tsx'

/** What operators put on a company: tags and notes. */
export function Tags({ at, tags }: { readonly at: At; readonly tags: readonly string[] }) {
  const words = at.t.company.tags
  const mayChange = at.may('analyst')
  return (
    <section class="sheet" aria-labelledby="tags">
      <h2 id="tags">{words.title}</h2>
      {tags.length === 0 ? (
        <p class="muted">{words.none}</p>
      ) : (
        <ul class="chips">
          {tags.map((tag) => (
            <li>
              <a class="chip" href={addressOf('/', { site: at.site.id, tag })}>
                <bdi>{tag}</bdi>
              </a>
              {mayChange ? (
                <Form at={at} name="removeTag" with={{ tag }} class="no-print">
                  <button class="quiet" type="submit" aria-label={words.remove(tag)}>
                    <span aria-hidden="true">×</span>
                  </button>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayChange ? (
        <Form at={at} name="addTag" class="row no-print">
          <Field at={at} form="addTag" name="tag" label={words.name} required maxlength={40} />
          <button class="second" type="submit">
            {words.add}
          </button>
        </Form>
      ) : null}
    </section>
  )
}

export function Notes({ at, notes }: { readonly at: At; readonly notes: readonly Note[] }) {
  const words = at.t.company.notes
  const mayChange = at.may('analyst')
  return (
    <section class="sheet" aria-labelledby="notes">
      <h2 id="notes">{words.title}</h2>
      {notes.length === 0 ? <p class="muted">{words.none}</p> : null}
      {notes.map((note) => (
        <article class="note">
          <p>
            <bdi>{note.text}</bdi>
          </p>
          <footer>
            <small>{words.by(note.author, at.f.day(note.created, 'year'))}</small>
            {mayChange ? (
              <Form at={at} name="removeNote" with={{ note: note.id }} class="no-print">
                <button class="quiet" type="submit" aria-label={`${words.remove}: ${note.text.slice(0, 40)}`}>
                  {words.remove}
                </button>
              </Form>
            ) : null}
          </footer>
        </article>
      ))}
      {mayChange ? (
        <Form at={at} name="addNote" class="stack no-print">
          <Field at={at} form="addNote" name="text" label={words.text} type="textarea" required maxlength={2000} hint={words.hint} />
          <button class="second" type="submit">
            {words.add}
          </button>
        </Form>
      ) : null}
    </section>
  )
}

/** What takes the company away from here, and what takes it along. */
export function Actions({ at, companyKey }: { readonly at: At; readonly companyKey: string }) {
  const words = at.t.company
  const file = (format: string): string =>
    addressOf(`/api/export.${format}`, { site: at.site.id, list: 'visits', key: companyKey, from: at.query.from, to: at.query.to })
  return (
    <section class="sheet no-print" aria-labelledby="more">
      <h2 id="more">{words.actions.title}</h2>
      {at.may('analyst') ? (
        <p>
          <a href={file('csv')}>{words.actions.csv}</a> · <a href={file('ndjson')}>{words.actions.json}</a>
        </p>
      ) : null}
      <p class="hint">{words.actions.print}</p>
      {at.may('owner') ? (
        <>
          {(['wrong', 'never'] as const).map((why) => (
            <Careful
              at={at}
              name={why === 'wrong' ? 'notThem' : 'neverShow'}
              summary={words.hide[why]}
              text={words.hide[`${why}Text`]}
              tick={words.hide.tick}
              button={words.hide[`${why}Button`]}
            />
          ))}
          <Careful
            at={at}
            name="erase"
            summary={words.erase.summary}
            text={words.erase.text}
            tick={words.erase.tick}
            button={words.erase.button}
          />
        </>
      ) : null}
    </section>
  )
}
