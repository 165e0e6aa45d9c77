/**
 * Kinds that are never listed whatever their size, because being on that network says something about a person: a
 * belief, an illness, a trouble with the law, where somebody sleeps. Words in the languages registries meet most.
 */

/** A word means each of its spellings: `público` and `publico`, `gefängnis`, `gefangnis` and `gefaengnis`. */
function word(alternatives: string): RegExp {
  const bare = alternatives
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
  const spelled = alternatives.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')
  return new RegExp(`(?<![\\p{L}])(?:${[...new Set([alternatives, bare, spelled])].join('|')})(?![\\p{L}])`, 'iu')
}

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['a party', word('part(?:y|ei)(?= (?:of|für|for))|(?:[\\p{L}-]+ )?(?:democratic|republican|labou?r|conservative|socialist|communist|green) party|republican national committee|democratic national committee|partido|partito|parti (?:socialiste|communiste|libéral)|bundestagsfraktion|landtagsfraktion|christlich demokratische union|sozialdemokratische partei|die linke|bündnis 90')],
  ['a trade union', word("(?:trade|labou?r|workers['’]?|teachers['’]?|employees['’]?) union|gewerkschaft\\p{L}*|\\p{L}+gewerkschaft|ig metall|ver\\.di|sindicat[oe]|cgt|cfdt|vakbond|afl-cio|teamsters|brotherhood of|united auto workers|fagforbund|fackförbund")],
  ['a church or community of faith', word("church(?:es)?|diocese|archdiocese|dioces[ei]|\\p{L}*kirche|kirchen(?:kreis|gemeinde|amt|verwaltung|bezirk)\\p{L}*|\\p{L}+kirchenamt|bistum|erzbistum|kirchenkreis|chiesa|église|iglesia|igreja|parish(?! (?:council|government|school|public|of))|paroisse|pfarr\\p{L}*|monastery|abbey|kloster|synagog(?:ue|e)|mosque|moschee|temple of|gospel|evangelis\\p{L}+ association|missionar(?:y|ies)|ministries|congregation|seminary|theological|theologische|bible|adventists?|jehovah['’]?s?|watch ?tower|salvation army|jesuit (?:fathers|community|province)|heilsarmee|armée du salut|latter-day saints|diakonie|caritas|islamic (?:center|centre|society)|kolping\\p{L}*")],
  ['a clinic or practice', word("hospitals?|hospitalar|h[oô]pita(?:l|ux)|ospedal\\p{L}*|ziekenhuis|sjukhus|sygehus|sairaala|szpital|spital|clinics?|cliniques?|cl[ií]nicas?|clinico|\\p{L}*klini(?:k|ken|kum|kverbund)|krankenhaus|krankenhäuser|\\p{L}*klinik|klinisch|kliniek|medical (?:center|centre|group|associates|clinic|practice|college hospital)|health ?care|healthcare|health ?systems?|health (?:sciences? )?cent(?:er|re)s?|radiolog\\p{L}*|health (?:services?|network|alliance|partners|trust|authority|district)|centre hospitalier|chu|chru|nhs|arzt\\p{L}*|praxis|zahnarzt|dentist\\p{L}*|dental|orthop\\p{L}+|oncology|cancer|obstetr\\p{L}*|soins|medical research cent(?:er|re)|psychiatr\\p{L}+|therap(?:y|ie)(?:zentrum)?|physicians|surgery|surgical|nursing|hospice|hospiz|pflege\\p{L}*|rehabilitation|rehab|maternity|children['’]?s hospital|medical center|servicios? (?:[\\p{L}]+ )?de salud|azienda (?:usl|ospedaliera|sanitaria)|asl|ausl|gesundheitszentrum|paraplegi\\p{L}+|sanatorium|sykehus|helse \\p{L}+|hus-yhtymä|blood")],
  ['counselling', word('counsel(?:l)?ing|beratungsstelle|suchtberatung|drogenberatung|crisis (?:center|centre|line)|women[’\']?s shelter|frauenhaus|addiction|alcoholics|planned parenthood|helpline|seelsorge|hazelden\\p{L}*|pro familia')],
  ['student housing', word('student(?:s|en)? ?(?:housing|residence|residences|accommodation|village|union|society|association|network)|studentenwerk|studierendenwerk|studentenwohnheim\\p{L}*|wohnheim\\p{L}*|studentendorf|studentenstadt|dormitor(?:y|ies)|dorms?|hall of residence|halls of residence|residence halls?|crous|akademik|internat|kollegium|studentsamskipnad\\p{L}*|boarding')],
  ['police', word("police(?:man)?|polizei\\p{L}*|polizia|polic[ií]a\\p{L}*|policj\\p{L}+|politi(?:et|e)?|polisi|polis|sheriff['’]?s?|gendarmerie|carabinieri|guardia civil|constabulary|polis(?:en|myndigheten)|fbi|bureau of investigation|minist(?:ry|erstvo|arstvo|erul|ère|ere|erio|ério|ero) (?:of|of the|de|del|do|de l['’]|dell['’])? ?(?:interior|int[eé]rieur|interno|internal affairs|unutarnjih poslova|unutra[sš]njih poslova|vnutra|vnitra|afacerilor interne)|i[cç]i[sş]leri bakanl[ıi][gğ][ıi]|e-?911|911 (?:board|center|communications)|interpol|europol|bundeskriminalamt|landeskriminalamt|law enforcement|crime agency")],
  ['a court', word('courts?|courthouse|judicia(?:l|ry)|judiciary|tribuna(?:l|ux|is|le|les)|gerichte?|\\p{L}+gericht(?:shof)?|\\p{L}*justizministerium|(?:ministry|department|secretary|ministerie|minist[eè]re|ministerio|minist[eé]rio|ministero|ministerstwo|ministerstvo|ministarstvo|ministerul|bakanl[ıi][gğ]i?|kementerian)[\\p{L} ]* (?:justi(?:ce|cia|[cç]a|tie|zia|tiei|tiz\\p{L}*)|sprawiedliwo[sś]ci|pravdy|pravosu[dđ]\\p{L}*|kehakiman|hukum)|adalet bakanl[ıi][gğ][ıi]|corte (?:suprema|de)|cour (?:de|des|supr\\p{L}+)|rechtspraak|justi[cç]a|poder judici\\p{L}+|mahkamah|mahkeme\\p{L}*|sąd|staatsanwaltschaft|public prosecut\\p{L}+|prosecutor\\p{L}*|prosecution|procuradoria|ministerio público|ministério público|attorney[s]?')],
  ['a prison', word("prisons?|correction(?:s|al)?|department of corrections|jail|penitentiary|penitenciari\\p{L}+|justizvollzug\\p{L}*|gefängnis\\p{L}*|detention|probation|kriminalvården|kriminalomsorgen|inmates?")],
  ['a hotel', word('hotels?|hôtels?|hostels?|motels?|resorts?|inn(?= |$)|suites|lodge|casino|hospitality|ferien\\p{L}*|jugendherberge\\p{L}*|gasthof|gästehaus|guest ?house|apartments?|condominiums?|campground|marina')],
  ['a guest network', word('airport wi-?fi|(?:public|county|city|town|district|regional|community|national) librar(?:y|ies)|librar(?:y|ies) (?:system|district|board|of)|stadtb[uü]cherei\\p{L}*|\\p{L}*bibliothek\\p{L}*|biblioth[eè]que\\p{L}*|bibliotec[ah]\\p{L}*|biblioteka|\\p{L}*bibliotek(?:et)?|\\p{L}*kirjasto|starbucks wi-?fi|internet caf[eé]|cyber ?caf[eé]|coworking|co-working')],
  ['a school for children', word('kindergarten|kinderg\\p{L}+|preschool|nursery|crèche')],
] // biome-ignore format: a table reads better in lines

/** Which never-listed kind a name belongs to (`a hotel`), or null. */
export function neverListedKind(name: string): string | null {
  for (const [kind, pattern] of KINDS) if (pattern.test(name)) return kind
  return null
}
