import type { Language } from '../language.ts'
import { onePerson, RECIPIENT, SENSITIVE } from './phrases.ts'
import { BLANK, blocks, bullets, type Facts, type Text } from './text.ts'

/**
 * The balancing test for the basis `legitimate-interest` (Art. 6(1)(f) GDPR): interest, necessity, balance, and what
 * speaks against. A template that only argues for its product would not be a test; the operator decides and signs.
 */
export const BALANCING_TEMPLATE = '1'

export const balancing: Text = {
  title: { de: `Interessenabwägung, Vorlage ${BALANCING_TEMPLATE}`, en: `Balancing test, template ${BALANCING_TEMPLATE}` },
  needs: ['controller', 'dataProtectionOfficer'],
  body: { de: german, en: english },
}

function german(f: Facts): string {
  return blocks(
    `Verantwortlicher: ${f.parties.controller}. Beraten durch (Datenschutz): ${f.parties.dataProtectionOfficer}. Website: ${f.pages}.`,
    'Unterstrichene Felder füllt der Verantwortliche aus. Bleibt eine Frage offen oder überwiegt das Gegenargument, ist die Grundlage `consent` die Antwort.',

    '## 1. Interesse',
    bullets(
      `Welches konkrete wirtschaftliche Interesse besteht (z. B. Ausrichtung des Vertriebs an Organisationen mit erkennbarem Bedarf)? ${BLANK}`,
      `Ist es rechtmäßig, bestimmt und gegenwärtig? ${BLANK}`,
      `Wer nutzt die Ergebnisse, und wozu ausdrücklich nicht (z. B. keine Ansprache einzelner Personen, keine Auswertung des Verhaltens von Beschäftigten)? ${BLANK}`,
    ),

    '## 2. Erforderlichkeit',
    bullets(
      `Genügen mildere Mittel: Einwilligung, bloße Tageszahlen, Kontaktformular, Befragung? Warum nicht? ${BLANK}`,
      `Welche Erhebungen sind eingeschaltet, und wird jede gebraucht? Eingeschaltet: ${f.switchedOn}. Entbehrlich: ${BLANK}`,
      `Sind ${f.ledger} für die Zähler und ${f.totals} für die Tageszahlen nötig? ${BLANK}`,
    ),

    '## 3. Was für die Verarbeitung spricht',
    bullets(
      'Die Adresse besteht nur während der Anfrage; sie wird nicht gespeichert, gekürzt aufbewahrt oder in einen Prüfwert verwandelt.',
      'Nachgeschlagen wird in einer Positivliste von Organisationen, die Privat- und Mobilfunkanschlüsse, Anbieter und geteilte Zugänge auslassen soll; was nicht darauf steht, wird keinem Unternehmen zugeordnet.',
      'Gespeichert werden Zähler je Organisation und Stunde, keine Kennungen von Personen, Geräten oder Browsern; niemand wird wiedererkannt.',
      SENSITIVE.de,
      'Widerspruch durch Klick, Global Privacy Control oder Do Not Track wirkt vor jedem Nachschlagen, ohne Begründung.',
      'Manifest, Beleg je Organisation und Nachweisprogramm sind nachprüfbar.',
    ),

    '## 4. Was dagegen spricht',
    bullets(
      `**ePrivacy.** Nach Auffassung des EDSA kann Art. 5 Abs. 3 der ePrivacy-Richtlinie auch dann greifen, wenn allein die IP-Adresse erhoben wird, sofern sie aus dem Endgerät stammt; wer das nicht ausschließen kann, soll die Vorschrift einhalten (Leitlinien 2/2023, Fassung 2.0 vom 7.10.2024, Rn. 54–56). Folgt man dem, trägt ein berechtigtes Interesse nicht: § 25 TDDDG kennt diese Grundlage nicht. Hinzu kommt, dass ein Skript im Browser Angaben zur Seite zusammenstellt und sendet. Eigene Bewertung: ${BLANK}`,
      `**Keine bloße Reichweitenmessung.** Erkennen, welches Unternehmen kommt, dient dem Vertrieb und geht über das Zählen von Besuchen hinaus. Auf Erleichterungen, die Aufsichtsbehörden für Reichweitenmessung anerkennen, lässt sich diese Verarbeitung daher nicht stützen. Eigene Bewertung: ${BLANK}`,
      `**Ein Mensch hinter dem Zähler.** ${onePerson(f, 'de')} In kleinen Standorten oder bei bekannten Ansprechpartnern kann der Betreiber aus anderem Wissen schließen, wer es war. Eigene Bewertung: ${BLANK}`,
      `**Erwartung.** Besucherinnen und Besucher rechnen meist nicht damit, dass ihr Arbeitgeber erkannt wird; Beschäftigte können das als Beobachtung ihrer Arbeit empfinden. Wie werden sie vorher unterrichtet? ${BLANK}`,
      `**Signale.** Das LG Berlin hat ein Do-Not-Track-Signal als wirksamen Widerspruch nach Art. 21 Abs. 5 DSGVO angesehen (Urteil vom 24.8.2023, 16 O 420/19). Doorplate beachtet das Signal; wer es in anderen Werkzeugen derselben Website übergeht, schwächt diese Abwägung. Geprüft: ${BLANK}`,
      `**Drittland und Mitwisser.** ${RECIPIENT.de} Eigene Bewertung: ${BLANK}`,
      `**Abgleich.** Webserver-Protokolle mit vollständigen Adressen oder ein CRM könnten Zeilen mit Personen verbinden.${webLogs(f, 'de')} Technisch oder organisatorisch ausgeschlossen durch: ${BLANK}`,
    ),

    '## 5. Abwägung und Ergebnis',
    bullets(
      `Überwiegen die Interessen der Betroffenen, insbesondere von Kindern (Art. 6 Abs. 1 lit. f DSGVO)? Richtet sich die Website an sie? ${BLANK}`,
      `Zusätzliche Schutzmaßnahmen: ${BLANK}`,
      `Datenschutzhinweis veröffentlicht, Widerspruch gesondert hervorgehoben (Art. 21 Abs. 4 DSGVO), am: ${BLANK}`,
      `Ergebnis: ☐ überwiegendes berechtigtes Interesse  ☐ Einwilligung erforderlich  ☐ Verzicht. Begründung: ${BLANK}`,
    ),
    `Bestätigt von: ${f.confirmedBy} · am: ${f.manifest.site.balancingTest?.date ?? BLANK} · zu überprüfen bis: ${f.manifest.site.balancingTest?.reviewBy ?? BLANK}`,
  )
}

function english(f: Facts): string {
  return blocks(
    `Controller: ${f.parties.controller}. Advised by (data protection): ${f.parties.dataProtectionOfficer}. Website: ${f.pages}.`,
    'Underlined fields are for the controller to fill in. Where a question stays open, or the argument against prevails, the basis `consent` is the answer.',

    '## 1. Interest',
    bullets(
      `Which concrete business interest is there (for example directing sales at organisations with a visible need)? ${BLANK}`,
      `Is it lawful, specific and present? ${BLANK}`,
      `Who uses the results, and for what expressly not (for example no approach to individual persons, no evaluation of how employees behave)? ${BLANK}`,
    ),

    '## 2. Necessity',
    bullets(
      `Would something milder do: consent, plain daily counts, a contact form, a survey? If not, why? ${BLANK}`,
      `Which kinds of collection are on, and is each needed? On: ${f.switchedOn}. Not needed: ${BLANK}`,
      `Are ${f.ledger} for the counters and ${f.totals} for the daily counts needed? ${BLANK}`,
    ),

    '## 3. What speaks for it',
    bullets(
      'The address exists while the request lasts; it is not stored, not kept in shortened form, not turned into a hash.',
      'It is looked up in an allow-list of organisations, built to leave out home and mobile connections, providers and shared gateways; what is not on it is assigned to no company.',
      'What is stored are counters per organisation and hour, no identifiers of persons, devices or browsers; nobody is recognised again.',
      SENSITIVE.en,
      'An objection by click, Global Privacy Control or Do Not Track takes effect before anything is looked up, without a reason.',
      'Manifest, receipt for each organisation and the proof program can be checked.',
    ),

    '## 4. What speaks against it',
    bullets(
      `**ePrivacy.** The EDPB holds that Art. 5(3) of the ePrivacy Directive can apply even where the IP address alone is collected, provided that it originates from the terminal equipment, and asks everybody who cannot rule that out to comply with the rule (Guidelines 2/2023, version 2.0 of 7 October 2024, paragraphs 54–56). If one follows that, a legitimate interest does not carry: Art. 5(3) (in Germany § 25 TDDDG) knows no such basis. Besides, a script in the browser puts together details of the page and sends them. Our assessment: ${BLANK}`,
      `**Not mere audience measurement.** Recognising which company comes serves sales and goes beyond counting visits. What authorities concede to audience measurement is therefore no support for this processing. Our assessment: ${BLANK}`,
      `**A human being behind the counter.** ${onePerson(f, 'en')} At small offices, or with contacts one knows, the operator may conclude from other knowledge who it was. Our assessment: ${BLANK}`,
      `**Expectation.** Visitors mostly do not expect their employer to be recognised; employees may feel that their work is watched. How are they told beforehand? ${BLANK}`,
      `**Signals.** The Berlin Regional Court (LG Berlin) took a Do Not Track signal for a valid objection under Art. 21(5) GDPR (judgment of 24 August 2023, 16 O 420/19). Doorplate honours the signal; whoever ignores it in other tools of the same website weakens this test. Checked: ${BLANK}`,
      `**Third country, and who else knows.** ${RECIPIENT.en} Our assessment: ${BLANK}`,
      `**Matching.** Web-server logs with full addresses, or a CRM, could tie rows to persons.${webLogs(f, 'en')} Ruled out technically or by organisation through: ${BLANK}`,
    ),

    '## 5. Balance and result',
    bullets(
      `Do the interests of the persons concerned prevail, of children in particular (Art. 6(1)(f) GDPR)? Is the website meant for them? ${BLANK}`,
      `Further safeguards: ${BLANK}`,
      `Notice published, objection set apart (Art. 21(4) GDPR), on: ${BLANK}`,
      `Result: ☐ legitimate interest prevails  ☐ consent is required  ☐ we do without. Reasons: ${BLANK}`,
    ),
    `Confirmed by: ${f.confirmedBy} · on: ${f.manifest.site.balancingTest?.date ?? BLANK} · to be reviewed by: ${f.manifest.site.balancingTest?.reviewBy ?? BLANK}`,
  )
}

/** How long the site's own web server keeps what could be matched, where the operator said it. */
function webLogs(f: Facts, language: Language): string {
  const days = f.manifest.logs.webServerDays
  if (days === null) return ''
  return language === 'de'
    ? ` Protokolle mit Adressen behält der Webserver ${days} Tage.`
    : ` The web server keeps logs with addresses for ${days} days.`
}
