/**
 * What the words of a holder's name say it is: a place of education, of research, a part of the state. Wording is
 * evidence only after all vetoes and only for these kinds; a legal form or a trade only confirms something else.
 */
import type { CompanyKind } from '../../words.ts'

const word = (alternatives: string): RegExp => new RegExp(`(?<![\\p{L}])(?:${alternatives})(?![\\p{L}])`, 'iu')

const EDUCATION = word(
  `universit(?:y|ies|é|e|à|a|ä?t|aet|ät|eit|et|etet|esi|as|ario|aria|atea|äten)|universidade?|univ\\.?|uniwersytet\\p{L}*|univerzit\\p{L}*|universiti|universitetas|ülikool|yliopisto|egyetem|` +
    `universiteti|college|colleges|collège|colegio|coll[eè]ge|kolej|politechnika|politecnico|polytechnic\\p{L}*|politeknik|politehnica|polytechnique|polit[eé]cnic\\p{L}*|polytekn\\p{L}*|` +
    `\\p{L}*hochschule\\p{L}*|fachhochschule|berufsakademie|h[oö]gskola\\p{L}*|høgskol\\p{L}*|hogeschool|högskolan|ammattikorkeakoulu|akademia|academy of|` +
    `institut(?:e|o|a)? (?:of|de|teknologi|teknik|für|federal|tecnol[oó]gico|polit\\p{L}+|superior|national des sciences) ?(?:technology|teknologi|tecnolog[ií]a|educac\\p{L}+|management|higher|seni|pertanian)?|` +
    `sekolah tinggi|stmik|stie|stikom|uin|iain|school|schools|schule|gymnasium|lyc[eé]e|grande? école|école|ecole|escuela|escola|scuola|skole|` +
    `(?:unified|independent|public|consolidated|community|city|county) school\\p{L}*|school district|board of education|isd|education department|okul\\p{L}*|faculdade|facultad|facult[eé]|kampus|campus|academy`,
)
const RESEARCH = word(
  `max-?planck-?institut\\p{L}*|fraunhofer\\p{L}*|helmholtz\\p{L}*|leibniz-?institut\\p{L}*|national laborator(?:y|ies)|research (?:institute|center|centre|council|laboratory|foundation|organi[sz]ation|facility|station)|` +
    `forschungs(?:zentrum|institut|anstalt|gesellschaft)\\p{L}*|institut national de (?:la )?recherche\\p{L}*|cnrs|inserm|inria|istituto nazionale|instituto nacional de (?:investiga\\p{L}+|pesquisas?)|` +
    `academy of sciences|akademie (?:der|ved)|academia sinica|academia de [cs]iencias|observator(?:y|io|ium)|laborator(?:y|ies) of|accelerator|synchrotron|institute of (?:physics|astronomy|chemistry|mathematics|biology|oceanography|geophysics)|oceanographic`,
)
const GOVERNMENT = word(
  `ministr(?:y|ies)(?! of (?:music|sound))|ministeri(?:um|o|et|e)\\p{L}*|minist[eè]re|minist[eé]rio|ministerstvo|ministarstvo|ministerul|kementerian|bakanl[ıi][gğ]\\p{L}*|minister[sz]two|` +
    `government(?! (?:employees|solutions|services inc))|gouvernement|gobierno|governo|govern(?:atorate|ance regionale)|regierung\\p{L}*|pemerintah|pemkab|pemkot|dinas|diskominfo|kabupaten|provincial government|` +
    `city of|cities of|county of|town of|township of|village of|borough of|municipality\\p{L}*|municipal(?:idad|ité|idade|ities)|municipio|munic[ií]pio|prefeitura|c[aâ]mara municipal|ayuntamiento|diputaci[oó]n|generalitat|junta de (?:andaluc|castilla|extremadura)\\p{L}*|xunta|` +
    `comune di|provincia (?:di|de|autonoma)|regione|r[eé]gion (?:de|d)|conseil (?:r[eé]gional|d[eé]partemental|g[eé]n[eé]ral)|m[eé]tropole|mairie|commune de|communaut[eé] (?:urbaine|d)|ville de|` +
    `stadt(?:verwaltung)?|landeshauptstadt|landkreis|landratsamt|kreisverwaltung|gemeinde\\p{L}*|land (?:berlin|brandenburg|hessen|baden|nieder\\p{L}+|ober\\p{L}+|tirol|steiermark|k[aä]rnten|vorarlberg|salzburg|wien)|freistaat|magistrat(?: der)?|bundes(?:amt|agentur|ministerium|anstalt|rat|tag|rechenzentrum|verwaltung|netzagentur|kanzleramt)\\p{L}*|landtag|landesamt\\p{L}*|landesbetrieb|kanton|canton (?:de|du)|` +
    `gemeente|provincie|rijks\\p{L}+|waterschap|kommun|kommune|kommuner|kaupunki|urz[aą]d|starostwo|powiat|gmina|(?<=^|hlavn[eé] |statut[aá]rn[ií] )m[eě]sto|magistr[aá]t|krajsk[yý] [uú][rř]ad|obec|obshtina|primaria|primăria|consiliul|[oö]nkorm[aá]nyzat\\p{L}*|belediye\\p{L}*|b[uü]y[uü]k[sş]ehir|valili[gğ]\\p{L}*|` +
    `parliament|parlament\\p{L}*|parlement|senate|senado|senato|house of representatives|house of commons|congress of the|asamblea|assembl[eé]e nationale|assembleia legislativa|c[aâ]mara dos deputados|knesset|riksdag\\p{L}*|folketing\\p{L}*|storting\\p{L}*|eduskunta|sejm|` +
    `state of (?!the art)|commonwealth of|province of|department of (?!music|computer)|dept\\.? of|departamento de|federal (?:agency (?:for|of)|office (?:for|of)|bureau|ministry|department|service (?:for|of)|tax service|reserve|communications commission|aviation administration|trade commission|deposit insurance)|` +
    `[a-z]+ county(?! (?:telephone|bank|credit|broadband|cable|rural|electric))|county (?:government|council|commissioners)|county council|city council|district council|borough council|regional council|council of|conseil de|` +
    `secretar[ií]a (?:de|do|da)|prodam|national archives|state (?:treasurer|department|council|chancellery|secretariat)\\p{L}*|prime minister|presid[eê]nc(?:y|ia|ie)|office of the (?:president|governor|prime|chief|state|secretary|auditor)|executive office|(?:of the|hm|his majesty.?s|her majesty.?s|state|county|national) treasury|treasury (?:board|department)|^the treasury$|customs|tax (?:administration|agency|service|authority)|revenue (?:service|agency|department)|statistic(?:s|al) (?:office|bureau|agency|service)|` +
    `air force|army|navy|naval|defen[cs]e (?:department|agency|ministry|forces)|department of (?:defen[cs]e|war)|geological survey|meteorological|weather service|national (?:park|weather|guard)|embassy|botschaft|(?:port|transportation|turnpike|water|ports) (?:authority|commission)|(?:water|park|sanitation|fire|conservation|irrigation|community college) (?:district|department)|public works|national institutes? of health|european commission|europ[aä]isch\\p{L}+ (?:kommission|parlament)|european (?:parliament|court of auditors|union)|united nations`,
)

/** Names that carry others, or sell to them: they are no place where the people of one body sit. */
const CARRIERS = word(
  `\\p{L}*tele ?com\\p{L}*|telef[oó]n\\p{L}*|telephone|internet|isp|provedor|provider|operators?|cable|fib(?:er|re)|fibra|wireless|mobile|cellular|satellite|networks?|netz|netze|\\p{L}*net|r[eé]seau\\p{L}*|red(?: de| nacional| acad)|rede|nren|networking|consor(?:tium|cio|zio|ci)|cooperativ[ae]s?|co-?op|exchange|ix|` +
    `airports?|flughafen|a[eé]roports?|aeropuertos?|transit|(?:technology|science|business|tech|techno) ?parks?|parque tecnol[oó]gico|incubator|communications? agency|minist(?:ry|ries|erio|ério|ère|ere) (?:of|de|des) (?:tele)?(?:posts?|communications?|comunicaciones|comunicações|t[eé]l[eé]communications)|(?:county )?office of education|` +
    `no\\.? ?\\d+ building|clubs?|user group|cloud\\p{L}*|data ?cent(?:er|re)s?|rechenzentrum|computing? cent(?:er|re)|supercomput\\p{L}+|computation|comput(?:er|ing) (?:center|centre)|server|vps|software|solutions|technologies|systems|tech|e-?learning|online|digital|multimedia|media|radio|tv|` +
    `backbone|broadband|utilit(?:y|ies)|public utility|electric|electrical (?:district|cooperative|utility)|elektrizit\\p{L}*|e-?werke?|gemeindewerke?|stadtwerk|technische (?:betriebe|werke)|services industriels|pud|utility district|energie|energy|power|stadtwerke|stadtnetz\\p{L}*|gas|licht|light|` +
    `boces|intermediate unit|education(?:al)? service\\w*|regional (?:office|education|service) \\p{L}+|educational? (?:technology|cooperative|region)|esc|collaboration|collaborative|shared services|inter-?universit\\p{L}+|proc(?:essamento|\\.) de dados?|num[eé]riques?|member|members|union|credit|bank|banco|banque|banca|bankas[ıi]|insurance|` +
    `university (?:press|hospital)|alumni|student\\p{L}*|hosting|gmbh|kontor|publishers|publishing|books|uniform|photos?|consult\\p{L}+|marketing|ventures|capital|holdings?|partners|group`,
)

/** What companies call themselves that sell access, lines or servers to others. */
const PROVIDERS = word(
  `tele(?:com\\p{L}*|kom\\p{L}*|fon\\p{L}*|phon\\p{L}*|data|net\\p{L}*)|telco|communications?|kommunikation\\p{L}*|comunica[cz]\\p{L}+|internet\\p{L}*|\\p{L}*net|\\p{L}*nett?werke?|networks?|broadband|breitband\\p{L}*|` +
    `glasfaser\\p{L}*|fib(?:re|er)|kabel\\p{L}*|cable\\p{L}*|wireless|mobile?|mobil\\p{L}*|gsm|carriers?|isp|provider|hosting|hosts?|servers?|cloud\\p{L}*|data ?cent(?:er|re)s?|rechenzentrum\\p{L}*|colocation|satellite|stadtwerke|city ?carrier|vpn`,
)

/** Whether the name is that of a provider. */
export const saysProvider = (name: string): boolean => PROVIDERS.test(name)

/** What speaks for a kind, and the kind. The first that matches says it: a university's research centre is a university's. */
export function kindOfWording(name: string): CompanyKind | null {
  if (RESEARCH.test(name) && !EDUCATION_FIRST.test(name)) return 'research'
  if (EDUCATION.test(name)) return 'education'
  return GOVERNMENT.test(name) ? 'government' : null
}

const EDUCATION_FIRST = word('universit\\p{L}*|college|hochschule|school')

/** Whether the name also says that it carries other people's traffic, or sells things. */
export const saysCarrier = (name: string): boolean => CARRIERS.test(name)
