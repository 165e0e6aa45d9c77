import { RECIPIENT, RESTORE, TRANSFER } from './phrases.ts'
import { storedRows } from './stored-words.ts'
import { BLANK, blocks, type Facts, type Text, table } from './text.ts'

/** The entry in the controller's record of processing activities (Art. 30(1) GDPR), in the order of its letters. */
export const record: Text = {
  title: {
    de: 'Verzeichnis von Verarbeitungstätigkeiten: Erkennung besuchender Unternehmen',
    en: 'Record of processing activities: recognition of visiting companies',
  },
  needs: ['controller', 'contact', 'dataProtectionOfficer'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    table(
      ['Art. 30 Abs. 1 DSGVO', 'Angabe'],
      [
        [
          'a) Verantwortlicher',
          `${f.parties.controller}; Kontakt: ${f.parties.contact}; Datenschutzbeauftragte Person: ${f.parties.dataProtectionOfficer}`,
        ],
        ['b) Zweck', 'Erkennen, welche Organisationen die Website besuchen und was sie interessiert; Ausrichtung von Website und Vertrieb'],
        ['Rechtsgrundlage', BASIS.de(f)],
        ['c) Betroffene', `Personen, die ${f.pages} besuchen; mittelbar die Beschäftigten erkannter Organisationen`],
        [
          'c) Daten',
          `flüchtig: IP-Adresse (nur während der Anfrage), User-Agent (nur Programm oder Mensch, Gerätegröße). Gespeichert: siehe Tabelle unten. Gezeigt werden Organisationen der Arten ${f.kinds}. Besondere Kategorien (Art. 9 DSGVO) werden nicht gezielt erhoben; Pfade mit solchem Bezug sind ausgenommen`,
        ],
        ['d) Empfänger', RECIPIENT.de],
        ['e) Drittland', TRANSFER.de],
        ['f) Löschung', `Zähler der Organisationen: ${f.ledger}; Tageszahlen: ${f.totals}; stündlicher Löschlauf. ${RESTORE.de}`],
        ['g) Maßnahmen', '`npm run privacy -- toms` (Art. 32 Abs. 1 DSGVO)'],
        ['Herkunft der Adresstabelle', f.tableSources],
        ['Verantwortliche Fachabteilung', BLANK],
        ['Nächste Überprüfung', f.manifest.site.balancingTest?.reviewBy ?? BLANK],
      ],
    ),
    '## Gespeicherte Tabellen',
    table(['Tabelle', 'Zweck', 'Dauer'], storedRows(f, 'de')),
  )
}

function english(f: Facts): string {
  return blocks(
    table(
      ['Art. 30(1) GDPR', 'Entry'],
      [
        [
          '(a) controller',
          `${f.parties.controller}; contact: ${f.parties.contact}; data protection officer: ${f.parties.dataProtectionOfficer}`,
        ],
        ['(b) purposes', 'seeing which organisations visit the website and what interests them; directing website and sales'],
        ['legal basis', BASIS.en(f)],
        ['(c) data subjects', `persons who visit ${f.pages}; indirectly the staff of recognised organisations`],
        [
          '(c) data',
          `transient: IP address (while the request lasts), user agent (program or human being, size of device). Stored: see the table below. Shown are organisations of the kinds ${f.kinds}. Special categories (Art. 9 GDPR) are not sought; paths that touch on them are excepted`,
        ],
        ['(d) recipients', RECIPIENT.en],
        ['(e) third countries', TRANSFER.en],
        ['(f) erasure', `counters of organisations after ${f.ledger}, daily counts after ${f.totals}, purged every hour. ${RESTORE.en}`],
        ['(g) measures', '`npm run privacy -- toms` (Art. 32(1) GDPR)'],
        ['sources of the range table', f.tableSources],
        ['department in charge', BLANK],
        ['next review', f.manifest.site.balancingTest?.reviewBy ?? BLANK],
      ],
    ),
    '## Stored tables',
    table(['table', 'purpose', 'kept'], storedRows(f, 'en')),
  )
}

const BASIS = {
  de: ({ manifest: { site } }: Facts): string => {
    if (site.basis === 'consent') return 'Einwilligung (Art. 6 Abs. 1 lit. a DSGVO, § 25 Abs. 1 TDDDG)'
    if (site.basis === 'off') return 'keine: die Erkennung ist abgeschaltet'
    return `berechtigtes Interesse (Art. 6 Abs. 1 lit. f DSGVO); Abwägung vom ${site.balancingTest?.date ?? BLANK}, Vorlage ${site.balancingTest?.template ?? BLANK}`
  },
  en: ({ manifest: { site } }: Facts): string => {
    if (site.basis === 'consent') return 'consent (Art. 6(1)(a) GDPR, in Germany § 25(1) TDDDG)'
    if (site.basis === 'off') return 'none: the recognition is switched off'
    return `legitimate interest (Art. 6(1)(f) GDPR); balancing test of ${site.balancingTest?.date ?? BLANK}, template ${site.balancingTest?.template ?? BLANK}`
  },
} as const
