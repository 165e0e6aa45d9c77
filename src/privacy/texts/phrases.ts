import type { Language } from '../language.ts'
import type { Facts } from './text.ts'

/**
 * Sentences that several texts share, so that notice, record and contract cannot drift apart. Facts about the law are
 * kept to what the articles themselves say; what is disputed is called disputed.
 */
interface Collection {
  /** Key of the site's switch. */
  readonly what: string
  readonly de: string
  readonly en: string
}

/** What a switch collects; `page` is the part no site can switch off. */
export const COLLECTIONS: readonly Collection[] = [
  {
    what: 'journeys',
    de: 'die zuvor besuchte Seite derselben Website (Weg durch die Website)',
    en: 'the page of the same website visited before (way through the website)',
  },
  { what: 'time', de: 'wie viele Sekunden eine Seite sichtbar war', en: 'for how many seconds a page was visible' },
  { what: 'downloads', de: 'heruntergeladene Dateien', en: 'files downloaded' },
  { what: 'outbound', de: 'Klicks auf Verweise zu anderen Websites', en: 'clicks on links to other websites' },
  { what: 'forms', de: 'dass ein Formular abgeschickt wurde (nicht sein Inhalt)', en: 'that a form was sent (not what was entered)' },
  {
    what: 'events',
    de: 'vom Betreiber festgelegte Ereignisse, etwa ein Klick auf „Demo ansehen“',
    en: 'events the operator defined, such as a click on “Watch the demo”',
  },
  {
    what: 'campaigns',
    de: 'Quelle und Medium einer Kampagne aus einem festen Wortschatz',
    en: 'source and medium of a campaign, out of a fixed vocabulary',
  },
]

/** The kinds of collection that are switched on, after the page itself. */
export function collected(facts: Facts, language: Language): string[] {
  const page =
    language === 'de'
      ? 'die aufgerufene Seite (ohne Suchangaben und ohne Text hinter „?“ oder „#“) und die Domain der Website, die auf sie verwies'
      : 'the page opened (without anything behind “?” or “#”) and the domain of the website that linked to it'
  return [page, ...COLLECTIONS.filter(({ what }) => facts.collects(what)).map((each) => each[language])]
}

/** P3: the sentence about one person of a company, as strong as the site's switches make it. */
export function onePerson(facts: Facts, language: Language): string {
  const journeys = facts.collects('journeys')
  if (language === 'de') {
    return journeys
      ? `Eine Zeile kann besagen, dass jemand aus dieser Organisation in dieser Stunde von einer Seite zur nächsten ging (nur bei Organisationen mit mindestens ${facts.journeysFrom} Beschäftigten). Kam in der Stunde nur eine einzige Person, so beschreiben die Zeilen den Gang dieser Person; wer sie war, steht nicht darin.`
      : 'Kam in einer Stunde nur eine einzige Person aus einer Organisation, so sagen die Zeilen, welche Seiten diese Person geöffnet hat; wer sie war, steht nicht darin.'
  }
  return journeys
    ? `A row may say that somebody of this organisation went from one page to the next in this hour (only for organisations with ${facts.journeysFrom} employees or more). Where only one person came in that hour, the rows describe that person's walk; who it was is not in them.`
    : 'Where only one person of an organisation came in an hour, the rows say which pages that person opened; who it was is not in them.'
}

export const TRANSIENT = {
  de: 'Damit die Nachricht ankommt, trägt sie wie jede Anfrage im Internet die IP-Adresse des Anschlusses. Diese Adresse wird innerhalb derselben Anfrage einmal in einer Tabelle von Organisationen mit eigenem Netz nachgeschlagen und danach verworfen. Sie wird weder gespeichert noch gekürzt, verschlüsselt oder als Prüfwert aufbewahrt. Dieses Nachschlagen ist eine Verarbeitung personenbezogener Daten, auch wenn sie nur einen Augenblick dauert.',
  en: 'To arrive, the message carries the IP address of the connection, as every request on the internet does. Within that one request the address is looked up once in a table of organisations that run networks of their own, and then discarded. It is not stored: not shortened, not encrypted, not as a hash. Looking it up is a processing of personal data all the same, although it lasts only a moment.',
} as const

export const LOADING = {
  de: 'Schon das Laden der Datei `d.js` ist eine Anfrage, die die IP-Adresse trägt; Doorplate beantwortet sie, ohne die Adresse zu lesen.',
  en: 'Loading the file `d.js` is itself a request that carries the IP address; Doorplate answers it without reading the address.',
} as const

export const RESTORE = {
  de: 'Gelöschte Zeilen lassen sich aus den Wiederherstellungspunkten der Datenbank Cloudflare D1 noch 7 Tage (kostenfreier Tarif) oder 30 Tage (bezahlter Tarif) lang zurückholen.',
  en: 'Deleted rows can be restored from the restore points of the database, Cloudflare D1, for another 7 days (free plan) or 30 days (paid plan).',
} as const

export const RECIPIENT = {
  de: 'Cloudflare, Inc., 101 Townsend Street, San Francisco, CA 94107, USA, betreibt die Technik als Auftragsverarbeiter (Art. 28 DSGVO) und erhält dabei zwangsläufig die IP-Adresse jeder Anfrage. Die Datenbank liegt in der EU; beantwortet werden Anfragen im jeweils nächsten Rechenzentrum von Cloudflare, weltweit.',
  en: 'Cloudflare, Inc., 101 Townsend Street, San Francisco, CA 94107, USA, runs the technology as a processor (Art. 28 GDPR) and inevitably receives the IP address of every request. The database is kept in the EU; requests are answered in the nearest of Cloudflare’s data centres, worldwide.',
} as const

export const TRANSFER = {
  de: 'Eine Übermittlung in die USA stützt sich auf den Angemessenheitsbeschluss zum EU-US Data Privacy Framework (Durchführungsbeschluss (EU) 2023/1795, Art. 45 DSGVO), solange Cloudflare dort als Teilnehmer geführt wird, im Übrigen auf die Standardvertragsklauseln (Durchführungsbeschluss (EU) 2021/914, Art. 46 Abs. 2 lit. c DSGVO) in Cloudflares Auftragsverarbeitungsvertrag.',
  en: 'A transfer to the USA rests on the adequacy decision for the EU-US Data Privacy Framework (Implementing Decision (EU) 2023/1795, Art. 45 GDPR) as long as Cloudflare is listed there as a participant, and otherwise on the standard contractual clauses (Implementing Decision (EU) 2021/914, Art. 46(2)(c) GDPR) in Cloudflare’s data processing addendum.',
} as const

export const SENSITIVE = {
  de: 'Auf Seiten, deren Besuch etwas über eine Person verrät (Karriere, Hinweisgeber, Betriebsrat, Gesundheit, Anmeldung, Kündigung, Impressum, Datenschutz und vom Betreiber ergänzte), wird die Adresse nicht gelesen; der Besuch erhöht nur Tageszahlen.',
  en: 'On pages whose visit says something about a person (careers, whistle-blowing, works council, health, log-in, cancellation, imprint, privacy, and those the operator adds) the address is not read; the visit only adds to daily counts.',
} as const
