import { TRANSFER } from './phrases.ts'
import { BLANK, blocks, bullets, type Facts, type Text, table } from './text.ts'

/**
 * What the operator checks in the contract with Cloudflare, letter by letter of Art. 28(3) GDPR, and in the account.
 * It names no clause numbers of that contract: they change, and the version that was accepted is the one that counts.
 */
export const art28: Text = {
  title: {
    de: 'Prüfliste: Auftragsverarbeitung durch Cloudflare (Art. 28 DSGVO)',
    en: 'Checklist: processing by Cloudflare (Art. 28 GDPR)',
  },
  needs: ['controller'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  const rows: readonly (readonly [string, string])[] = [
    ['Gegenstand, Dauer, Art, Zweck, Daten, Betroffene beschrieben', 'Abs. 3 Satz 1'],
    ['Verarbeitung nur auf dokumentierte Weisung, auch bei Drittlandübermittlung', 'Abs. 3 lit. a'],
    ['Vertraulichkeit der befugten Personen', 'lit. b'],
    ['Sicherheit der Verarbeitung (Art. 32)', 'lit. c'],
    ['Unterauftragsverarbeiter: Liste, Ankündigung, Einspruch', 'lit. d, Abs. 2 und 4'],
    ['Unterstützung bei Rechten der Betroffenen', 'lit. e'],
    ['Unterstützung bei Art. 32 bis 36 (Meldung von Verletzungen)', 'lit. f'],
    ['Löschung oder Rückgabe am Ende', 'lit. g'],
    ['Nachweise und Überprüfungen', 'lit. h'],
  ]
  return blocks(
    `Verantwortlicher: ${f.parties.controller}. Auftragsverarbeiter: Cloudflare, Inc. (Worker, KV, D1). Vertrag: Cloudflares „Data Processing Addendum“, Bestandteil des Hauptvertrags.`,
    `Fassung: ${BLANK} · angenommen am: ${BLANK} · Kopie abgelegt unter: ${BLANK}`,
    table(
      ['Punkt', 'Art. 28 DSGVO', 'Fundstelle, erledigt'],
      rows.map((row) => [...row, `☐ ${BLANK}`]),
    ),
    '## Drittland',
    bullets(
      TRANSFER.de,
      `Eintrag von Cloudflare, Inc. in der Teilnehmerliste (dataprivacyframework.gov) geprüft am: ${BLANK}`,
      `Falls der Angemessenheitsbeschluss nicht mehr trägt: Standardvertragsklauseln und Bewertung der Übermittlung abgelegt unter: ${BLANK}`,
    ),
    '## Im Cloudflare-Konto',
    bullets(
      '☐ D1-Datenbank in der Jurisdiktion `eu` angelegt (so steht es in `wrangler.toml`)',
      '☐ Workers-Protokolle, Traces, Tail-Empfänger und Logpush für diesen Worker ausgeschaltet',
      '☐ Zonenprotokolle und Logpush der Zone geprüft; wenn eingeschaltet, in der Datenschutzerklärung genannt',
      `☐ Wer Zugang zum Konto hat, ist festgelegt; Zwei-Faktor-Anmeldung eingeschaltet: ${BLANK}`,
    ),
  )
}

function english(f: Facts): string {
  const rows: readonly (readonly [string, string])[] = [
    ['subject matter, duration, nature, purpose, data, data subjects described', 'para. 3, first sentence'],
    ['processing on documented instructions, transfers to third countries included', 'para. 3(a)'],
    ['confidentiality of the persons authorised', '(b)'],
    ['security of processing (Art. 32)', '(c)'],
    ['sub-processors: list, notice, objection', '(d), paras. 2 and 4'],
    ['help with the rights of data subjects', '(e)'],
    ['help with Art. 32 to 36 (notification of breaches)', '(f)'],
    ['erasure or return at the end', '(g)'],
    ['evidence and audits', '(h)'],
  ]
  return blocks(
    `Controller: ${f.parties.controller}. Processor: Cloudflare, Inc. (Worker, KV, D1). Contract: Cloudflare’s “Data Processing Addendum”, part of the main agreement.`,
    `Version: ${BLANK} · accepted on: ${BLANK} · copy kept at: ${BLANK}`,
    table(
      ['Point', 'Art. 28 GDPR', 'Where, done'],
      rows.map((row) => [...row, `☐ ${BLANK}`]),
    ),
    '## Third country',
    bullets(
      TRANSFER.en,
      `Entry of Cloudflare, Inc. in the list of participants (dataprivacyframework.gov) checked on: ${BLANK}`,
      `Should the adequacy decision no longer hold: standard contractual clauses and assessment of the transfer kept at: ${BLANK}`,
    ),
    '## In the Cloudflare account',
    bullets(
      '☐ D1 database made in the jurisdiction `eu` (as `wrangler.toml` says)',
      '☐ Workers logs, traces, tail consumers and Logpush off for this Worker',
      '☐ the zone’s own logs and Logpush looked at; if they are on, the privacy policy names them',
      `☐ who may enter the account is laid down; two-factor sign-in is on: ${BLANK}`,
    ),
  )
}
