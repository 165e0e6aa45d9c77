import { onePerson } from './phrases.ts'
import { BLANK, blocks, bullets, type Facts, type Text, table } from './text.ts'

/**
 * Whether a data protection impact assessment is needed (Art. 35 GDPR), by the nine criteria of the Article 29 Working
 * Party's guidelines (WP 248 rev.01, endorsed by the EDPB): what Doorplate does under each, and a field for the answer.
 */
export const dpiaScreening: Text = {
  title: {
    de: 'Vorprüfung zur Datenschutz-Folgenabschätzung (Art. 35 DSGVO)',
    en: 'Screening for a data protection impact assessment (Art. 35 GDPR)',
  },
  needs: ['controller', 'dataProtectionOfficer'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  const answer = `☐ ja ☐ nein ${BLANK}`
  return blocks(
    `Verantwortlicher: ${f.parties.controller}. Rat eingeholt bei (Art. 35 Abs. 2 DSGVO): ${f.parties.dataProtectionOfficer}.`,
    'Faustregel der Leitlinien WP 248 Rev. 01: Treffen zwei Kriterien zu, ist in der Regel eine Folgenabschätzung durchzuführen. Die mittlere Spalte beschreibt Doorplate; die Antwort gibt der Verantwortliche für seine Website.',
    table(
      ['Kriterium', 'Was Doorplate tut', 'Antwort'],
      [
        ['1. Bewerten oder Einstufen', 'Organisationen, nicht Personen, werden nach Besuchen geordnet.', answer],
        ['2. Automatisierte Entscheidung mit Rechtswirkung', 'keine.', answer],
        ['3. Systematische Überwachung', `Besuche werden fortlaufend gezählt. ${onePerson(f, 'de')}`, answer],
        [
          '4. Vertrauliche oder höchstpersönliche Daten',
          'Pfade mit solchem Bezug sind ausgenommen; die eigene Website daraufhin prüfen.',
          answer,
        ],
        ['5. Großer Umfang', `Zahl der Besuche im Jahr: ${BLANK}`, answer],
        [
          '6. Abgleichen oder Zusammenführen',
          'Adresse gegen eine Tabelle, innerhalb der Anfrage. Zusammenführen mit CRM oder Protokollen nimmt Doorplate nicht vor.',
          answer,
        ],
        ['7. Schutzbedürftige Betroffene', 'Beschäftigte anderer Arbeitgeber sind betroffen; Zielgruppen der Website prüfen.', answer],
        ['8. Neue Technik', 'Nachschlagen im Rechenzentrum am Netzrand; keine neuartige Auswertung von Personen.', answer],
        ['9. Hindern an Rechten oder Leistungen', 'keines; die Website steht auch nach einem Widerspruch offen.', answer],
      ],
    ),
    '## Außerdem',
    bullets(
      `Liste der zuständigen Aufsichtsbehörde nach Art. 35 Abs. 4 DSGVO geprüft am: ${BLANK}`,
      `Ergebnis: ☐ Folgenabschätzung erforderlich ☐ nicht erforderlich, weil: ${BLANK}`,
      `Name, Datum: ${BLANK}`,
    ),
  )
}

function english(f: Facts): string {
  const answer = `☐ yes ☐ no ${BLANK}`
  return blocks(
    `Controller: ${f.parties.controller}. Advice sought from (Art. 35(2) GDPR): ${f.parties.dataProtectionOfficer}.`,
    'Rule of thumb of the guidelines WP 248 rev.01: where two criteria are met, an assessment is as a rule to be carried out. The middle column describes Doorplate; the answer is the controller’s, for this website.',
    table(
      ['Criterion', 'What Doorplate does', 'Answer'],
      [
        ['1. Evaluation or scoring', 'Organisations, not persons, are ordered by their visits.', answer],
        ['2. Automated decision with legal effect', 'none.', answer],
        ['3. Systematic monitoring', `Visits are counted continuously. ${onePerson(f, 'en')}`, answer],
        [
          '4. Sensitive or highly personal data',
          'Paths that touch on such things are excepted; look through your own website for them.',
          answer,
        ],
        ['5. Large scale', `Visits a year: ${BLANK}`, answer],
        [
          '6. Matching or combining',
          'The address against a table, within the request. Doorplate does no combining with a CRM or with logs.',
          answer,
        ],
        ['7. Vulnerable persons', 'Employees of other employers are concerned; look at whom the website is meant for.', answer],
        ['8. New technology', 'Looking up in a data centre at the edge of the network; no novel evaluation of persons.', answer],
        ['9. Keeping people from rights or services', 'none; the website stays open after an objection.', answer],
      ],
    ),
    '## Besides',
    bullets(
      `List of the competent authority under Art. 35(4) GDPR checked on: ${BLANK}`,
      `Result: ☐ assessment required ☐ not required, because: ${BLANK}`,
      `Name, date: ${BLANK}`,
    ),
  )
}
