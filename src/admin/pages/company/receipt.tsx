import { COMPILED_BY_HAND, noteOf } from '../../../receipt.ts'
import type { Receipt } from '../../../words.ts'
import type { At } from '../page.tsx'

/** Why we think it is them, from the receipt that was kept at first sight. Never a range, for none is kept. */
export function ReceiptCard({ at, receipt }: { readonly at: At; readonly receipt: Receipt }) {
  const { t, f } = at
  const words = t.company.receipt
  const facts: readonly (readonly [string, string])[] = [
    [words.evidence, receipt.evidence],
    [words.confidence, words.of100(f.number(receipt.confidence))],
    [words.source, words.asOf(receipt.source, receipt.sourceVersion, dayOr(at, receipt.sourceDate))],
    [words.licence, receipt.licence],
  ]
  return (
    <section class="sheet" aria-labelledby="why">
      <h2 id="why">{words.title}</h2>
      <p class="hint">{words.text}</p>
      <dl class="facts narrow">
        {facts.map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{words.table}</dt>
          <dd>
            <a href={at.to('/ranges')}>
              <code>{receipt.tableVersion.slice(0, 12)}</code>
            </a>
          </dd>
        </div>
        {receipt.fields.length === 0 ? null : (
          <div>
            <dt>{words.fields}</dt>
            <dd>
              <ul class="plain">
                {receipt.fields.map((field) => (
                  <li>
                    {f.list(field.fields.map((name) => words.fieldNames[name] ?? name))}:{' '}
                    {noteOf(field) === COMPILED_BY_HAND
                      ? words.byHand
                      : field.date === null
                        ? field.source
                        : `${field.source}, ${dayOr(at, field.date)}`}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

/** Dates of sources are days; what is none stays as it is. */
function dayOr({ f }: At, date: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) ? f.day(date, 'year') : date
}
