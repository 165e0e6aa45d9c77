import { blocks, type Facts, type Text, table } from './text.ts'

/** What Doorplate can put on a visitor's device (P6): the visitor's own refusal, for the site's list of cookies. */
export const cookies: Text = {
  title: { de: 'Eintrag für die Cookie-Liste', en: 'Entry for the list of cookies' },
  needs: ['controller'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    `Doorplate legt auf dem Gerät nichts ab, es sei denn, die besuchende Person lehnt selbst ab. Verantwortlich: ${f.parties.controller}.`,
    table(
      ['Name', 'Art', 'Inhalt', 'Wann gesetzt', 'Dauer', 'Grundlage'],
      [
        [
          '`doorplate_optout`',
          `Cookie (${f.endpoint})`,
          '`1`, für alle gleich',
          'auf ausdrücklichen Wunsch unter /opt-out',
          '13 Monate',
          '§ 25 Abs. 2 Nr. 2 TDDDG',
        ],
        [
          '`doorplate:opt-out`',
          `Local Storage (${f.pages})`,
          '`1`, für alle gleich',
          'auf ausdrücklichen Wunsch auf der Website',
          'bis zum Löschen der Websitedaten',
          '§ 25 Abs. 2 Nr. 2 TDDDG',
        ],
      ],
    ),
    'Beide erkennen niemanden wieder: Der Wert ist bei allen derselbe. Gelesen werden sie, um die Ablehnung zu beachten. Kein Cookie, keine Kennung und kein Fingerabdruck dient dem Zählen.',
    'Die Verwaltungsseiten unter `/admin` setzen für angemeldete Beschäftigte des Betreibers ein Sitzungs-Cookie (`__Host-doorplate`); Besucherinnen und Besucher der Website erhalten es nicht.',
  )
}

function english(f: Facts): string {
  return blocks(
    `Doorplate puts nothing on the device unless the visitor refuses. Controller: ${f.parties.controller}.`,
    table(
      ['Name', 'Kind', 'Content', 'Set when', 'Duration', 'Basis'],
      [
        [
          '`doorplate_optout`',
          `cookie (${f.endpoint})`,
          '`1`, the same for everybody',
          'at the visitor’s express wish at /opt-out',
          '13 months',
          'Art. 5(3) ePrivacy Directive, second exemption (§ 25(2) no. 2 TDDDG)',
        ],
        [
          '`doorplate:opt-out`',
          `local storage (${f.pages})`,
          '`1`, the same for everybody',
          'at the visitor’s express wish on the website',
          'until site data are deleted',
          'Art. 5(3) ePrivacy Directive, second exemption (§ 25(2) no. 2 TDDDG)',
        ],
      ],
    ),
    'Neither recognises anybody: the value is the same for all. They are read so that the refusal is respected. No cookie, identifier or fingerprint serves the counting.',
    'The admin pages under `/admin` set a session cookie (`__Host-doorplate`) for the operator’s signed-in staff; visitors of the website do not get it.',
  )
}
