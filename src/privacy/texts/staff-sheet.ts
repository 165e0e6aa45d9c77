import { onePerson } from './phrases.ts'
import { blocks, bullets, type Facts, type Text } from './text.ts'

/** One page for the people who read the lists: what a row says, what it does not, and what not to do with it (Art. 29, 32(4) GDPR). */
export const staffSheet: Text = {
  title: { de: 'Merkblatt für Beschäftigte', en: 'Sheet for staff' },
  needs: ['controller', 'contact', 'dataProtectionOfficer'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    `${f.parties.controller} · Fragen zum Datenschutz: ${f.parties.dataProtectionOfficer}`,
    '## Was eine Zeile sagt',
    bullets(
      'Aus dem Netz dieser Organisation hat jemand in dieser Stunde diese Seite geöffnet. Mehr nicht.',
      onePerson(f, 'de'),
      'Zwei Kolleginnen derselben Organisation ergeben einen gemeinsamen Gang; er lässt sich nicht trennen.',
      `Gezeigt werden: ${f.kinds}. Wer fehlt, war vielleicht trotzdem da: viele kommen über einen Anbieter oder haben widersprochen.`,
      'Der Name kann falsch sein. Der Beleg nennt Quelle, Datum und Sicherheit.',
    ),
    '## Was Sie damit tun dürfen',
    bullets(
      'Themen erkennen, die eine Branche oder Organisation beschäftigen.',
      'Eine Organisation auf den üblichen, erlaubten Wegen ansprechen (§ 7 UWG beachten).',
    ),
    '## Was Sie nicht tun',
    bullets(
      'Niemandem sagen oder schreiben, man habe seinen Besuch gesehen.',
      'Nicht raten oder nachforschen, wer es war; keine Zeile mit Protokollen des Webservers, E-Mail-Öffnungen, Kalendern oder Kontakten im CRM abgleichen.',
      'Nichts über einzelne Beschäftigte anderer Unternehmen festhalten und nichts an deren Arbeitgeber geben.',
      'Exporte nicht länger aufheben als die Zeilen selbst und nicht weiterreichen.',
    ),
    '## Wenn jemand fragt oder nicht gelistet sein möchte',
    bullets(
      `Menschen auf ihr Widerspruchsrecht (${f.optOut}) und auf ${f.endpoint}/you?lang=de hinweisen.`,
      `Organisationen: an ${f.parties.contact} weiterleiten; wir entsprechen dem ohne Begründung.`,
      'Eine mögliche Datenpanne sofort melden: die Frist beträgt 72 Stunden (Art. 33 DSGVO).',
    ),
  )
}

function english(f: Facts): string {
  return blocks(
    `${f.parties.controller} · questions about data protection: ${f.parties.dataProtectionOfficer}`,
    '## What a row says',
    bullets(
      'From the network of this organisation somebody opened this page in this hour. No more.',
      onePerson(f, 'en'),
      'Two colleagues of the same organisation make one common walk; it cannot be told apart.',
      `Shown are: ${f.kinds}. Whoever is missing may have been here all the same: many come through a provider, or objected.`,
      'The name can be wrong. The receipt says source, date and confidence.',
    ),
    '## What you may do with it',
    bullets(
      'See which subjects occupy an industry or an organisation.',
      'Approach an organisation in the usual, permitted ways (mind the rules on unsolicited contact).',
    ),
    '## What you do not do',
    bullets(
      'Tell or write to somebody that their visit was seen.',
      'Guess or find out who it was; match a row with web-server logs, opened e-mails, calendars or contacts in the CRM.',
      'Note down anything about single employees of other companies, or pass anything to their employer.',
      'Keep exports longer than the rows themselves, or hand them on.',
    ),
    '## When somebody asks, or does not want to be listed',
    bullets(
      `People: point to their objection (${f.optOut}) and to ${f.endpoint}/you?lang=en.`,
      `Organisations: pass on to ${f.parties.contact}; we comply without asking for a reason.`,
      'Report a possible data breach at once: the time limit is 72 hours (Art. 33 GDPR).',
    ),
  )
}
