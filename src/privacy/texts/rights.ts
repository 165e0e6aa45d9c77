import { onePerson } from './phrases.ts'
import { blocks, type Facts, type Text, table } from './text.ts'

/** How the operator answers when somebody writes (Art. 12, 15–22 GDPR), with a reply to adapt. */
export const rights: Text = {
  title: { de: 'Anfragen betroffener Personen beantworten', en: 'Answering requests of data subjects' },
  needs: ['controller', 'contact', 'authority'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    `Frist: unverzüglich, spätestens ein Monat nach Eingang (Art. 12 Abs. 3 DSGVO). Eingang über: ${f.parties.contact}.`,
    table(
      ['Anliegen', 'Was zu tun ist'],
      [
        [
          'Auskunft (Art. 15)',
          `Doorplate enthält nichts, woran eine Person gefunden werden könnte. Das mitteilen (Art. 11 Abs. 2) und auf ${f.endpoint}/you?lang=de verweisen. ${onePerson(f, 'de')}`,
        ],
        [
          'Was Mitarbeitende geschrieben haben',
          'Notizen, Schlagworte, Namen von Zugängen und das Protokoll nach dem Namen durchsuchen: `npm run privacy -- rights --search "Name"`. Was gefunden wird, gehört in die Auskunft.',
        ],
        [
          'Zusätzliche Angaben der Person (Art. 11 Abs. 2)',
          'Nennt die Person Arbeitgeber, Seite und Stunde, so lässt sich eine Zeile benennen, aber nicht zeigen, dass sie es war. Keine Belege verlangen, die mehr Daten schaffen würden.',
        ],
        [
          'Löschung (Art. 17)',
          `Besteht der Personenbezug im Einzelfall, die Zeilen löschen; sonst enden sie von selbst (Frist: ${f.ledger}). Wiederherstellungspunkte erwähnen.`,
        ],
        [
          'Widerspruch (Art. 21), Widerruf (Art. 7 Abs. 3)',
          `Ohne Prüfung beachten. Link senden: ${f.optOut}. Erklären, dass die Wahl je Gerät und Browser gilt und dass Global Privacy Control sie für alle Websites trifft. Eine Adresse der Person nicht notieren.`,
        ],
        ['Berichtigung (Art. 16)', 'Ist der Name einer Organisation falsch: Beleg prüfen, Zuordnung ändern.'],
        [
          'Übertragbarkeit (Art. 20)',
          'In der Regel nicht anwendbar: Die Person hat keine Daten über sich bereitgestellt, die hier noch vorhanden wären.',
        ],
        ['Eine Organisation möchte nicht gelistet sein', 'Kein Recht aus der DSGVO, aber wir entsprechen dem: sperren und bestätigen.'],
      ],
    ),
    '## Antwort zum Anpassen',
    [
      '> Guten Tag,',
      '>',
      `> vielen Dank für Ihre Anfrage. Unsere Website schlägt die IP-Adresse eines Besuchs innerhalb der Anfrage in einer Tabelle von Organisationsnetzen nach und verwirft sie. Gespeichert werden Zähler je Organisation und Stunde, ohne Kennung einer Person oder eines Geräts. Wir können deshalb keine Zeile Ihrer Person zuordnen (Art. 11 DSGVO).`,
      '>',
      `> Was ein Besuch von Ihrem Anschluss ergäbe, sehen Sie unter ${f.endpoint}/you?lang=de. Widersprechen können Sie mit einem Klick: ${f.optOut}. Beschweren können Sie sich bei: ${f.parties.authority}.`,
      '>',
      `> ${f.parties.controller}`,
    ].join('\n'),
  )
}

function english(f: Facts): string {
  return blocks(
    `Time: without undue delay, at the latest one month after receipt (Art. 12(3) GDPR). Received at: ${f.parties.contact}.`,
    table(
      ['Request', 'What to do'],
      [
        [
          'access (Art. 15)',
          `Doorplate holds nothing by which a person could be found. Say so (Art. 11(2)) and point to ${f.endpoint}/you?lang=en. ${onePerson(f, 'en')}`,
        ],
        [
          'what staff wrote',
          'Search notes, tags, names of tokens and the audit log for the name: `npm run privacy -- rights --search "name"`. What is found belongs into the answer.',
        ],
        [
          'more information from the person (Art. 11(2))',
          'If the person names employer, page and hour, a row can be named, but not shown to be theirs. Ask for no evidence that would create more data.',
        ],
        [
          'erasure (Art. 17)',
          `If in a single case the row does relate to the person, delete the rows; otherwise they end by themselves after ${f.ledger}. Mention the restore points.`,
        ],
        [
          'objection (Art. 21), withdrawal (Art. 7(3))',
          `Respect it without examination. Send the link: ${f.optOut}. Explain that the choice holds per device and browser, and that Global Privacy Control makes it for all websites. Do not note down an address of the person.`,
        ],
        ['rectification (Art. 16)', 'If the name of an organisation is wrong: look at the receipt, change the assignment.'],
        ['portability (Art. 20)', 'As a rule not applicable: there are no data left here that the person provided about themselves.'],
        ['an organisation does not want to be listed', 'No right under the GDPR, but we comply: block it and confirm.'],
      ],
    ),
    '## A reply to adapt',
    [
      '> Hello,',
      '>',
      '> thank you for your request. Our website looks up the IP address of a visit in a table of organisations’ networks within the request, and discards it. What is stored are counters per organisation and hour, without an identifier of a person or a device. We therefore cannot assign any row to you (Art. 11 GDPR).',
      '>',
      `> What a visit from your connection would count as is shown at ${f.endpoint}/you?lang=en. You may object with one click: ${f.optOut}. You may complain to: ${f.parties.authority}.`,
      '>',
      `> ${f.parties.controller}`,
    ].join('\n'),
  )
}
