import type { Language } from '../language.ts'

/**
 * What we cannot promise (P10), for docs/privacy.md and the Privacy page. A test holds every line in both languages:
 * a limit that is told to half of the readers is not told.
 */
export interface Limit extends Readonly<Record<Language, string>> {
  readonly id: string
}

export const LIMITS: readonly Limit[] = [
  {
    id: 'cloudflare-sees-the-address',
    en: 'Cloudflare, which runs the Worker, sees the address of every request, objection or not; so does every network on the way.',
    de: 'Cloudflare betreibt den Worker und sieht die Adresse jeder Anfrage, mit oder ohne Widerspruch; ebenso jedes Netz auf dem Weg dorthin.',
  },
  {
    id: 'logs-of-the-operator',
    en: 'Zone logs, Logpush and live tail are switches of the operator’s Cloudflare account. `wrangler.toml` keeps the Worker’s own logs and traces off; it has no say over those.',
    de: 'Zonenprotokolle, Logpush und Live-Tail sind Schalter im Cloudflare-Konto des Betreibers. `wrangler.toml` hält Protokolle und Traces des Workers selbst ausgeschaltet; über jene bestimmt es nicht.',
  },
  {
    id: 'restore-points',
    en: 'Restore points keep deleted rows: D1 can be set back to any minute of the last 7 days (free plan) or 30 days (paid plan). Whoever compares two of them can tell in which minute a counter grew.',
    de: 'Wiederherstellungspunkte bewahren gelöschte Zeilen: D1 lässt sich auf jede Minute der letzten 7 Tage (kostenfreier Tarif) oder 30 Tage (bezahlter Tarif) zurücksetzen. Wer zwei davon vergleicht, sieht, in welcher Minute ein Zähler wuchs.',
  },
  {
    id: 'messages-of-the-queue',
    en: 'With the queue, Cloudflare notes when each message came, and a message holds the counters of one second, totals those of twenty. It is gone once it is written, which takes seconds; one that cannot be written rests in the dead-letter queue for four days, unless that is set otherwise.',
    de: 'Mit der Warteschlange hält Cloudflare fest, wann jede Nachricht kam; eine Nachricht enthält die Zähler einer Sekunde, die Tageszahlen von zwanzig Sekunden. Sie verschwindet, sobald sie geschrieben ist, also nach Sekunden; was sich nicht schreiben lässt, ruht vier Tage in der Dead-Letter-Queue, wenn nichts anderes eingestellt ist.',
  },
  {
    id: 'refusals-are-device-local',
    en: 'A refusal lives on the device and in the browser it was made in. Whoever deletes cookies and site data, or changes the device, has to refuse again; Global Privacy Control spares that.',
    de: 'Eine Ablehnung gilt auf dem Gerät und in dem Browser, in dem sie erklärt wurde. Wer Cookies und Websitedaten löscht oder das Gerät wechselt, muss erneut ablehnen; Global Privacy Control erspart das.',
  },
  {
    id: 'k-applies-to-what-pages-release',
    en: 'A smallest number below which something is not shown (k) applies to what pages and exports release. The database holds the rows below it too, and whoever may query the database sees them.',
    de: 'Eine Mindestzahl, unter der etwas nicht gezeigt wird (k), gilt für das, was Seiten und Exporte herausgeben. Die Datenbank enthält auch die Zeilen darunter, und wer sie abfragen darf, sieht sie.',
  },
  {
    id: 'the-operator-can-change-the-code',
    en: 'The operator can change the code. What is promised here holds for the code published here.',
    de: 'Der Betreiber kann den Code ändern. Was hier zugesagt wird, gilt für den hier veröffentlichten Code.',
  },
  {
    id: 'hashes',
    en: 'Commit, bundle hash and last proof in the manifest are stated by the operator. Nobody but the holder of the Cloudflare account can compare them with the code that runs.',
    de: 'Commit, Prüfwert des Bündels und letzter Nachweis im Manifest sind Angaben des Betreibers. Niemand außer dem Inhaber des Cloudflare-Kontos kann sie mit dem laufenden Code vergleichen.',
  },
  {
    id: 'web-server-logs',
    en: 'A web server that logs full addresses knows which address opened which page when. Whoever holds such logs can match them to the hour and path of a row.',
    de: 'Ein Webserver, der vollständige Adressen protokolliert, weiß, welche Adresse wann welche Seite öffnete. Wer solche Protokolle hat, kann sie mit Stunde und Pfad einer Zeile abgleichen.',
  },
  {
    id: 'a-name-in-a-path',
    en: 'A first name or a short number in the path of a page looks like any word. Addresses, long numbers and tokens are taken out; paths that hold names have to be marked by the operator (`/customers/:name`).',
    de: 'Ein Vorname oder eine kurze Nummer im Pfad einer Seite sieht aus wie jedes Wort. Adressen, lange Nummern und Token werden entfernt; Pfade, in denen Namen stehen, muss der Betreiber kennzeichnen (`/kunden/:name`).',
  },
  {
    id: 'eprivacy-is-unsettled',
    en: 'Whether reading the address of a request needs consent under Art. 5(3) of the ePrivacy Directive (in Germany § 25 TDDDG) is unsettled. The EDPB reads the rule broadly (Guidelines 2/2023, paragraphs 54–56); Doorplate cannot settle it for you, and `consent` is its default.',
    de: 'Ob das Lesen der Adresse einer Anfrage nach Art. 5 Abs. 3 der ePrivacy-Richtlinie (in Deutschland § 25 TDDDG) eine Einwilligung verlangt, ist ungeklärt. Der EDSA legt die Vorschrift weit aus (Leitlinien 2/2023, Rn. 54–56); Doorplate kann die Frage nicht für Sie entscheiden, seine Voreinstellung ist die Einwilligung.',
  },
  {
    id: 'a-name-can-be-wrong',
    en: 'A name in the range table can be wrong or out of date; the receipt says where it comes from.',
    de: 'Ein Name in der Adresstabelle kann falsch oder veraltet sein; der Beleg nennt seine Herkunft.',
  },
]
