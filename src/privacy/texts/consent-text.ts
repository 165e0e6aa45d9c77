import { collected, LOADING, onePerson, TRANSFER, TRANSIENT } from './phrases.ts'
import { blocks, bullets, type Facts, type Text } from './text.ts'

/** The words for the site's consent tool: a first layer, a second layer, and how to set the tool up (Art. 4(11), 7 GDPR). */
export const consentText: Text = {
  title: { de: 'Text für das Einwilligungswerkzeug', en: 'Text for the consent tool' },
  needs: ['controller', 'contact', 'policy'],
  unfit: ({ site }) =>
    site.basis === 'consent'
      ? null
      : `The site "${site.id}" is on the basis ${site.basis}; a consent text belongs to a site on the basis consent.`,
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    '## Erste Ebene (Kategorie „Statistik“ oder „Marketing“, nicht „notwendig“)',
    '> **Besuchende Unternehmen erkennen.** Wir möchten sehen, welche Unternehmen unsere Website besuchen. Dazu wird Ihre IP-Adresse bei jedem Seitenaufruf einmal in einer Tabelle von Firmennetzen nachgeschlagen und dann verworfen. Der Dienst läuft bei Cloudflare (USA). Sie können jederzeit für die Zukunft widerrufen.',
    '## Zweite Ebene',
    `**Wer:** ${f.parties.controller}; Kontakt: ${f.parties.contact}. Auftragsverarbeiter: Cloudflare, Inc., USA.`,
    '**Welche Angaben eine Nachricht enthält:**',
    bullets(...collected(f, 'de')),
    `**Was mit der IP-Adresse geschieht:** ${TRANSIENT.de}`,
    `**Was bleibt:** Zähler je Organisation, Stunde und Seite für ${f.ledger}; alles Übrige als Tageszahlen für ${f.totals}. ${onePerson(f, 'de')}`,
    `**Auf Ihrem Gerät:** nichts außer einer eigenen Ablehnung.`,
    `**Drittland:** ${TRANSFER.de}`,
    `**Widerruf:** in diesen Einstellungen oder hier: ${f.optOut}. Ohne Einwilligung steht Ihnen die Website uneingeschränkt offen. Weitere Angaben: ${f.parties.policy}`,
    'Rechtsgrundlage: Art. 6 Abs. 1 lit. a DSGVO, § 25 Abs. 1 TDDDG.',
    '## Einrichtung',
    bullets(
      'Die Auswahl ist nicht vorbelegt. „Ablehnen“ steht auf der ersten Ebene, ebenso gut sichtbar wie „Einwilligen“.',
      "Das Werkzeug ruft nach der Entscheidung `doorplate('consent', true)` oder `doorplate('consent', false)` auf. Ein Nein wirkt auf jeder Grundlage.",
      `${LOADING.de} Soll vor der Einwilligung keine Anfrage stattfinden, lädt das Werkzeug die Datei erst nach der Einwilligung, oder sie liegt auf dem eigenen Server (\`data-to="${f.endpoint}"\`).`,
      'Zeitpunkt, Wortlaut und Fassung der Einwilligung weist das Werkzeug nach (Art. 7 Abs. 1 DSGVO); Doorplate speichert darüber nichts.',
    ),
  )
}

function english(f: Facts): string {
  return blocks(
    '## First layer (category “statistics” or “marketing”, not “necessary”)',
    '> **Recognise visiting companies.** We would like to see which companies visit our website. For that, your IP address is looked up once with every page in a table of company networks and then discarded. The service runs at Cloudflare (USA). You may withdraw at any time for the future.',
    '## Second layer',
    `**Who:** ${f.parties.controller}; contact: ${f.parties.contact}. Processor: Cloudflare, Inc., USA.`,
    '**What a message contains:**',
    bullets(...collected(f, 'en')),
    `**What happens to the IP address:** ${TRANSIENT.en}`,
    `**What remains:** counters per organisation, hour and page for ${f.ledger}; everything else as daily counts for ${f.totals}. ${onePerson(f, 'en')}`,
    '**On your device:** nothing but a refusal of your own.',
    `**Third country:** ${TRANSFER.en}`,
    `**Withdrawal:** in these settings or here: ${f.optOut}. Without consent the website is open to you in full. More: ${f.parties.policy}`,
    'Legal basis: Art. 6(1)(a) GDPR, in Germany § 25(1) TDDDG.',
    '## Setting it up',
    bullets(
      'Nothing is ticked beforehand. “Refuse” stands on the first layer and is as easy to see as “Agree”.',
      "After the decision the tool calls `doorplate('consent', true)` or `doorplate('consent', false)`. A no works on every basis.",
      `${LOADING.en} If there is to be no request before consent, the tool loads the file after it, or the file lies on your own server (\`data-to="${f.endpoint}"\`).`,
      'The tool keeps the evidence of time, wording and version of the consent (Art. 7(1) GDPR); Doorplate stores nothing about it.',
    ),
  )
}
