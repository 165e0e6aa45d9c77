import type { Language } from '../../privacy/language.ts'
import type { Finding, FindingCode } from '../check-installation.ts'
import type { PageFault } from './page.ts'

/** What *Check my installation* says, in both languages: what was found, and what to do about it (empty: nothing). */
export type Sentence = readonly [says: string, mend: string]

export function sayFinding({ code, about, instead }: Finding, language: Language): Sentence {
  return FINDINGS[language][code](about, instead)
}

export function sayFault(fault: PageFault, language: Language): Sentence {
  return FAULTS[language][fault]
}

type Findings = Readonly<Record<FindingCode, (about: string, instead: string) => Sentence>>

const en: Findings = {
  static: () => [
    'This looks at the source of the page only.',
    'A line that a tag manager or a script adds later is not in it: `npm run check -- <address>` looks with a browser.',
  ],
  'site-off': () => ['This site is off: nothing is counted whatever the page says.', 'Set a basis in the site’s settings.'],
  'line-found': (file) => [`The line is there: ${file}.`, ''],
  'line-missing': () => [
    'Doorplate’s line is not in the source of this page.',
    'Put the line of the site’s settings page into the <head> of every page.',
  ],
  'line-twice': () => [
    'The line is there more than once. The first one that runs counts, nothing is counted twice.',
    'Remove all but one, so that it is clear which attributes hold.',
  ],
  'host-unknown': (host, expected) => [
    `Events go to ${host}, which is no host of this site.`,
    expected === '' ? `Register ${host} for this site.` : `Use https://${expected} in the line, or register ${host} for this site.`,
  ],
  'not-https': () => ['The line uses http: browsers block it on pages that come by https.', 'Write https:// in the line.'],
  'basis-agrees': (basis) => [`The line and the settings agree: ${basis}.`, ''],
  'basis-claims-more': () => [
    'The line claims a legitimate interest, the settings say consent: events are sent before consent and dropped by the server.',
    'Remove data-basis from the line.',
  ],
  'basis-claims-less': () => [
    'The settings say legitimate interest, the line waits for consent all the same.',
    'Add data-basis="legitimate-interest" to the line, if this is not what you want.',
  ],
  'plain-before-consent': () => [
    'The plain line sends no event before consent, but loading the file is a request before consent.',
    'Use the gated or the self-hosted line, or say so in your notice: docs/consent.md.',
  ],
  'gated-as-essential': () => [
    'The line is held back in a category that loads without consent.',
    'Choose the statistics category of your consent tool.',
  ],
  'gated-without-consent': () => [
    'The line is held back, but nothing in it tells the file that consent was given.',
    'Add data-cmp="auto", or let the consent tool run doorplate(\'consent\', true) beside it.',
  ],
  'copy-outdated': () => [
    'The copy on your server is of another version of Doorplate.',
    'Copy d.js (and cmp.js) again and take the hash of the settings page.',
  ],
  'integrity-outdated': (_, hash) => [
    'The hash in the line is of another version: browsers will not run the file.',
    `Use integrity="${hash}".`,
  ],
  'integrity-without-crossorigin': () => [
    'A hash needs crossorigin beside it: without it browsers will not run the file.',
    'Add crossorigin to the line.',
  ],
  'policy-allows': () => ['The page’s Content-Security-Policy allows the line.', ''],
  'policy-blocks-script': (_, origin) => ['The page’s Content-Security-Policy blocks the file.', `Add ${origin} to script-src.`],
  'policy-blocks-events': (_, origin) => ['The page’s Content-Security-Policy blocks the events.', `Add ${origin} to connect-src.`],
}

const de: Findings = {
  static: () => [
    'Geprüft wird nur der Quelltext der Seite.',
    'Eine Zeile, die ein Tag-Manager oder Skript erst später einsetzt, steht nicht darin: `npm run check -- <Adresse>` sieht mit einem Browser nach.',
  ],
  'site-off': () => [
    'Diese Website ist ausgeschaltet: Gezählt wird nichts, was auch immer auf der Seite steht.',
    'Legen Sie in den Einstellungen der Website eine Rechtsgrundlage fest.',
  ],
  'line-found': (file) => [`Die Zeile ist eingebaut: ${file}.`, ''],
  'line-missing': () => [
    'Die Zeile von Doorplate steht nicht im Quelltext dieser Seite.',
    'Setzen Sie die Zeile aus den Einstellungen der Website in den <head> jeder Seite.',
  ],
  'line-twice': () => [
    'Die Zeile steht mehrfach da. Es zählt die erste, die läuft; doppelt gezählt wird nichts.',
    'Entfernen Sie alle bis auf eine, damit klar ist, welche Attribute gelten.',
  ],
  'host-unknown': (host, expected) => [
    `Ereignisse gehen an ${host}; dieser Host gehört nicht zur Website.`,
    expected === ''
      ? `Tragen Sie ${host} für diese Website ein.`
      : `Schreiben Sie https://${expected} in die Zeile oder tragen Sie ${host} für diese Website ein.`,
  ],
  'not-https': () => [
    'Die Zeile verwendet http: Auf Seiten, die per https kommen, blockieren Browser sie.',
    'Schreiben Sie https:// in die Zeile.',
  ],
  'basis-agrees': (basis) => [`Zeile und Einstellungen stimmen überein: ${basis}.`, ''],
  'basis-claims-more': () => [
    'Die Zeile beruft sich auf berechtigtes Interesse, die Einstellungen verlangen Einwilligung: Ereignisse werden vor der Einwilligung gesendet und vom Server verworfen.',
    'Entfernen Sie data-basis aus der Zeile.',
  ],
  'basis-claims-less': () => [
    'Die Einstellungen nennen berechtigtes Interesse, die Zeile wartet trotzdem auf Einwilligung.',
    'Ergänzen Sie data-basis="legitimate-interest", wenn das nicht gewollt ist.',
  ],
  'plain-before-consent': () => [
    'Die einfache Zeile sendet vor der Einwilligung kein Ereignis, aber schon das Laden der Datei ist eine Anfrage vor der Einwilligung.',
    'Verwenden Sie die gesteuerte oder die selbst gehostete Zeile, oder weisen Sie in Ihrer Datenschutzerklärung darauf hin: docs/consent.md.',
  ],
  'gated-as-essential': () => [
    'Die Zeile steht in einer Kategorie, die ohne Einwilligung lädt.',
    'Wählen Sie die Kategorie „Statistik“ Ihres Consent-Tools.',
  ],
  'gated-without-consent': () => [
    'Die Zeile wird zurückgehalten, aber nichts darin teilt der Datei mit, dass eingewilligt wurde.',
    'Ergänzen Sie data-cmp="auto" oder lassen Sie das Consent-Tool daneben doorplate(\'consent\', true) ausführen.',
  ],
  'copy-outdated': () => [
    'Die Kopie auf Ihrem Server stammt aus einer anderen Version von Doorplate.',
    'Kopieren Sie d.js (und cmp.js) erneut und übernehmen Sie die Prüfsumme aus den Einstellungen.',
  ],
  'integrity-outdated': (_, hash) => [
    'Die Prüfsumme in der Zeile gehört zu einer anderen Version: Browser führen die Datei nicht aus.',
    `Verwenden Sie integrity="${hash}".`,
  ],
  'integrity-without-crossorigin': () => [
    'Neben einer Prüfsumme muss crossorigin stehen: Sonst führen Browser die Datei nicht aus.',
    'Ergänzen Sie crossorigin in der Zeile.',
  ],
  'policy-allows': () => ['Die Content-Security-Policy der Seite lässt die Zeile zu.', ''],
  'policy-blocks-script': (_, origin) => [
    'Die Content-Security-Policy der Seite blockiert die Datei.',
    `Ergänzen Sie ${origin} in script-src.`,
  ],
  'policy-blocks-events': (_, origin) => [
    'Die Content-Security-Policy der Seite blockiert die Ereignisse.',
    `Ergänzen Sie ${origin} in connect-src.`,
  ],
}

const FINDINGS: Readonly<Record<Language, Findings>> = { en, de }

const FAULTS: Readonly<Record<Language, Readonly<Record<PageFault, Sentence>>>> = {
  en: {
    'not-a-url': ['This is no address of a page.', 'Write it in full: https://www.example.com/.'],
    'not-registered': ['This host is not registered for the site, so it is not asked.', 'Register it first, or paste the page’s HTML.'],
    'redirects-elsewhere': [
      'The page redirects to a host that is not registered for the site.',
      'Give the address it leads to, after registering its host.',
    ],
    'too-many-redirects': ['The page redirects more than three times.', 'Give the address it leads to.'],
    'not-answering': ['The page could not be fetched within five seconds.', 'Is it reachable from the internet? Otherwise paste its HTML.'],
    refused: ['The server did not answer with a page.', 'Give a page that anybody can open, or paste its HTML.'],
    'not-html': ['What came is no HTML.', 'Give the address of a page.'],
    'too-large': ['The page is larger than 1 MB.', 'Give a smaller one, or paste the HTML of its <head>.'],
  },
  de: {
    'not-a-url': ['Das ist keine Adresse einer Seite.', 'Geben Sie sie vollständig an: https://www.example.com/.'],
    'not-registered': [
      'Dieser Host ist für die Website nicht eingetragen und wird deshalb nicht abgerufen.',
      'Tragen Sie ihn zuerst ein oder fügen Sie das HTML der Seite ein.',
    ],
    'redirects-elsewhere': [
      'Die Seite leitet auf einen Host weiter, der für die Website nicht eingetragen ist.',
      'Tragen Sie diesen Host ein und geben Sie die Zieladresse an.',
    ],
    'too-many-redirects': ['Die Seite leitet mehr als dreimal weiter.', 'Geben Sie die Zieladresse an.'],
    'not-answering': [
      'Die Seite war innerhalb von fünf Sekunden nicht abrufbar.',
      'Ist sie aus dem Internet erreichbar? Sonst fügen Sie ihr HTML ein.',
    ],
    refused: [
      'Der Server hat nicht mit einer Seite geantwortet.',
      'Geben Sie eine öffentlich erreichbare Seite an oder fügen Sie ihr HTML ein.',
    ],
    'not-html': ['Die Antwort ist kein HTML.', 'Geben Sie die Adresse einer Seite an.'],
    'too-large': ['Die Seite ist größer als 1 MB.', 'Geben Sie eine kleinere an oder fügen Sie das HTML ihres <head> ein.'],
  },
}
