import { TRANSFER } from './phrases.ts'
import { BLANK, blocks, type Facts, type Text, table } from './text.ts'

/** For whoever runs Doorplate for somebody else: the processor's record (Art. 30(2) GDPR). */
export const recordProcessor: Text = {
  title: { de: 'Verzeichnis des Auftragsverarbeiters (Art. 30 Abs. 2 DSGVO)', en: 'Processor’s record (Art. 30(2) GDPR)' },
  needs: ['controller', 'contact'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    'Für Dienstleister (etwa Agenturen), die Doorplate im Auftrag eines Website-Betreibers führen. Wer Doorplate für die eigene Website betreibt, braucht dieses Blatt nicht.',
    table(
      ['Art. 30 Abs. 2 DSGVO', 'Angabe'],
      [
        ['a) Auftragsverarbeiter', `${BLANK} (Name, Anschrift, Kontakt); datenschutzbeauftragte Person: ${BLANK}`],
        ['a) Verantwortlicher', `${f.parties.controller}; Kontakt: ${f.parties.contact}`],
        [
          'b) Kategorien von Verarbeitungen',
          `Betrieb von Doorplate für ${f.pages}: flüchtiges Nachschlagen der IP-Adresse, Zählen je Organisation und Stunde, Tageszahlen, Löschen (Zähler: ${f.ledger}; Tageszahlen: ${f.totals}), Bereitstellen der Verwaltungsseiten`,
        ],
        ['Unterauftragsverarbeiter', 'Cloudflare, Inc., USA (Worker, KV, D1)'],
        ['c) Drittland', TRANSFER.de],
        ['d) Maßnahmen', '`npm run privacy -- toms`'],
        ['Vertrag nach Art. 28 Abs. 3 DSGVO vom', BLANK],
      ],
    ),
  )
}

function english(f: Facts): string {
  return blocks(
    'For service providers (agencies, for example) that run Doorplate on behalf of the operator of a website. Whoever runs it for their own website does not need this sheet.',
    table(
      ['Art. 30(2) GDPR', 'Entry'],
      [
        ['(a) processor', `${BLANK} (name, address, contact); data protection officer: ${BLANK}`],
        ['(a) controller', `${f.parties.controller}; contact: ${f.parties.contact}`],
        [
          '(b) categories of processing',
          `running Doorplate for ${f.pages}: looking up the IP address within the request, counting per organisation and hour, daily counts, erasure after ${f.ledger} and ${f.totals}, providing the admin pages`,
        ],
        ['sub-processor', 'Cloudflare, Inc., USA (Worker, KV, D1)'],
        ['(c) third countries', TRANSFER.en],
        ['(d) measures', '`npm run privacy -- toms`'],
        ['contract under Art. 28(3) GDPR of', BLANK],
      ],
    ),
  )
}
