import type { Language } from '../language.ts'
import { PROMISES } from '../promises.ts'
import { LIMITS } from './limits.ts'
import { RESTORE } from './phrases.ts'
import { storedRows } from './stored-words.ts'
import { BLANK, blocks, bullets, type Facts, type Text, table } from './text.ts'

/** Technical and organisational measures (Art. 25 and 32 GDPR): what the code does, and what is left to the operator. */
export const toms: Text = {
  title: {
    de: 'Technische und organisatorische Maßnahmen (Art. 25, 32 DSGVO)',
    en: 'Technical and organisational measures (Art. 25, 32 GDPR)',
  },
  needs: ['controller'],
  body: { de: german, en: english },
}

const promises = (language: Language) => bullets(...PROMISES.map(({ id, title, says }) => `**${id} ${title[language]}** ${says[language]}`))
const limits = (language: Language) => bullets(...LIMITS.map((limit) => limit[language]))

function german(f: Facts): string {
  return blocks(
    `Verantwortlicher: ${f.parties.controller}. Website: ${f.pages}.`,
    '## Datenschutz durch Technikgestaltung',
    'Jede Zusage wird bei jeder Änderung des Programms durch Tests geprüft, die ihre Nummer tragen.',
    promises('de'),
    '## Vertraulichkeit, Integrität, Verfügbarkeit',
    bullets(
      'Übertragung verschlüsselt (TLS durch Cloudflare); Datenbank in der Jurisdiktion EU.',
      'Verwaltungsseiten nur mit Zugangstoken, von dem allein der SHA-256-Wert hinterlegt ist; ohne hinterlegten Wert antworten sie mit 404.',
      'Protokolle und Traces des Workers sind in `wrangler.toml` ausgeschaltet; Fehlermeldungen enthalten keine Eingaben.',
      'Ein Fehler im Nachschlagen oder Speichern verlangsamt die besuchte Website nicht und öffnet keine Sperre.',
      RESTORE.de,
    ),
    '## Löschkonzept',
    table(['Tabelle', 'Zweck', 'Dauer'], storedRows(f, 'de')),
    '## Vom Betreiber zu regeln',
    bullets(
      `Zugang zum Cloudflare-Konto, Zwei-Faktor-Anmeldung, Vertretung: ${BLANK}`,
      `Ausgabe und Rückgabe von Zugangstoken: ${BLANK}`,
      `Unterweisung der Beschäftigten (\`npm run privacy -- staff-sheet\`): ${BLANK}`,
      `Prüfturnus (\`npm run prove\`, dieses Blatt): ${BLANK}`,
    ),
    '## Grenzen',
    limits('de'),
  )
}

function english(f: Facts): string {
  return blocks(
    `Controller: ${f.parties.controller}. Website: ${f.pages}.`,
    '## Data protection by design',
    'Each promise is checked with every change of the program by tests that carry its number.',
    promises('en'),
    '## Confidentiality, integrity, availability',
    bullets(
      'Transmission is encrypted (TLS by Cloudflare); the database is in the EU jurisdiction.',
      'Admin pages need an access token of which the SHA-256 alone is deposited; where none is, they answer 404.',
      'Logs and traces of the Worker are off in `wrangler.toml`; error messages contain no input.',
      'A failure in looking up or storing does not slow the visited website and opens no gate.',
      RESTORE.en,
    ),
    '## Erasure',
    table(['table', 'purpose', 'kept'], storedRows(f, 'en')),
    '## For the operator to settle',
    bullets(
      `access to the Cloudflare account, two-factor sign-in, deputies: ${BLANK}`,
      `handing out and taking back of access tokens: ${BLANK}`,
      `instruction of staff (\`npm run privacy -- staff-sheet\`): ${BLANK}`,
      `how often it is checked (\`npm run prove\`, this sheet): ${BLANK}`,
    ),
    '## Limits',
    limits('en'),
  )
}
