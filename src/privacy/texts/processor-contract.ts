import { collected, TRANSFER } from './phrases.ts'
import { BLANK, blocks, bullets, type Facts, type Text } from './text.ts'

/** A contract for whoever runs Doorplate for somebody else (Art. 28(3) GDPR), with the annex filled in from the site. */
export const processorContract: Text = {
  title: { de: 'Vertrag über Auftragsverarbeitung (Art. 28 DSGVO), Entwurf', en: 'Contract on processing (Art. 28 GDPR), draft' },
  needs: ['controller', 'contact'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    `zwischen **${f.parties.controller}** (Verantwortlicher) und **${BLANK}** (Auftragsverarbeiter)`,
    '## § 1 Gegenstand und Dauer',
    `Der Auftragsverarbeiter betreibt für den Verantwortlichen Doorplate auf ${f.pages}. Der Vertrag gilt, solange er das tut. Einzelheiten stehen in Anlage 1.`,
    '## § 2 Weisungen',
    'Der Auftragsverarbeiter verarbeitet personenbezogene Daten allein auf dokumentierte Weisung. Die Einstellungen der Website in Doorplate gelten als Weisung. Hält er eine Weisung für rechtswidrig, teilt er das unverzüglich mit und darf ihre Ausführung bis zur Klärung aussetzen.',
    '## § 3 Vertraulichkeit und Sicherheit',
    'Er setzt nur Personen ein, die auf Vertraulichkeit verpflichtet sind, und trifft die Maßnahmen der Anlage 2. Er schaltet für den Worker keine Protokolle, Traces oder Weiterleitungen ein und ändert den Code nicht in einer Weise, die eine der Zusagen P1 bis P10 aufhebt, ohne den Verantwortlichen vorher zu fragen.',
    '## § 4 Weitere Auftragsverarbeiter',
    'Genehmigt ist Cloudflare, Inc. (Anlage 1). Weitere kündigt er mindestens vier Wochen vorher in Textform an; der Verantwortliche kann widersprechen. Er erlegt ihnen dieselben Pflichten auf und haftet für sie (Art. 28 Abs. 4 DSGVO).',
    '## § 5 Unterstützung',
    'Er unterstützt den Verantwortlichen bei Anfragen Betroffener und bei den Pflichten aus Art. 32 bis 36 DSGVO. Eine Verletzung des Schutzes personenbezogener Daten meldet er unverzüglich, nachdem sie ihm bekannt geworden ist.',
    '## § 6 Ende',
    'Nach Ende der Leistung löscht er die Daten der Website oder gibt sie nach Wahl des Verantwortlichen heraus und löscht sie dann. Wiederherstellungspunkte von D1 laufen danach noch bis zu 30 Tage.',
    '## § 7 Nachweise',
    'Er stellt die nötigen Auskünfte bereit, insbesondere das Manifest und das Ergebnis von `npm run prove`, und ermöglicht Überprüfungen einschließlich Inspektionen.',
    `Ort, Datum, Unterschriften: ${BLANK}`,
    '## Anlage 1: Beschreibung',
    bullets(
      'Art und Zweck: Erkennen besuchender Organisationen, Zählen, Anzeigen, Löschen',
      `Betroffene: Personen, die ${f.pages} besuchen`,
      `Daten: IP-Adresse (nur während der Anfrage); ${collected(f, 'de').join('; ')}`,
      `Dauer: Zähler ${f.ledger}, Tageszahlen ${f.totals}`,
      `Weiterer Auftragsverarbeiter: Cloudflare, Inc., USA. ${TRANSFER.de}`,
      `Ansprechpartner des Verantwortlichen: ${f.parties.contact}`,
    ),
    '## Anlage 2: Technische und organisatorische Maßnahmen',
    'Das Blatt `npm run privacy -- toms` in der Fassung des Vertragsdatums.',
  )
}

function english(f: Facts): string {
  return blocks(
    `between **${f.parties.controller}** (controller) and **${BLANK}** (processor)`,
    '## 1 Subject matter and duration',
    `The processor runs Doorplate for the controller on ${f.pages}. The contract lasts as long as it does so. Details are in annex 1.`,
    '## 2 Instructions',
    'The processor processes personal data on documented instructions and not otherwise. The settings of the website in Doorplate count as instructions. If it considers an instruction unlawful, it says so without delay and may suspend it until the matter is settled.',
    '## 3 Confidentiality and security',
    'It employs persons who are bound to confidentiality and takes the measures of annex 2. It switches on no logs, traces or forwarding for the Worker, and does not change the code in a way that would undo one of the promises P1 to P10 without asking the controller first.',
    '## 4 Other processors',
    'Cloudflare, Inc. is authorised (annex 1). The processor announces others in text form at least four weeks before; the controller may object. It imposes the same duties on them and is liable for them (Art. 28(4) GDPR).',
    '## 5 Assistance',
    'It assists the controller with requests of data subjects and with the duties under Art. 32 to 36 GDPR. It notifies a personal data breach without undue delay after becoming aware of it.',
    '## 6 End',
    'After the end of the service it erases the data of the website, or at the controller’s choice returns them and then erases them. Restore points of D1 run on for up to 30 days after that.',
    '## 7 Evidence',
    'It makes the necessary information available, in particular the manifest and the result of `npm run prove`, and allows for audits, inspections included.',
    `Place, date, signatures: ${BLANK}`,
    '## Annex 1: description',
    bullets(
      'Nature and purpose: recognising visiting organisations, counting, showing, erasing',
      `Data subjects: persons who visit ${f.pages}`,
      `Data: IP address (while the request lasts); ${collected(f, 'en').join('; ')}`,
      `Duration: counters ${f.ledger}, daily counts ${f.totals}`,
      `Other processor: Cloudflare, Inc., USA. ${TRANSFER.en}`,
      `The controller’s contact: ${f.parties.contact}`,
    ),
    '## Annex 2: technical and organisational measures',
    'The sheet `npm run privacy -- toms` as of the date of the contract.',
  )
}
