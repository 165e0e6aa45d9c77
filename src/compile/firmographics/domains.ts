/**
 * What a register calls a website, as a company's domain; or nothing, because a mailbox at a mail provider and a page
 * at a portal say nothing about who owns the domain.
 */

/** Where everybody can have a mailbox: the domain is never the domain of who uses it. */
const FREEMAIL = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.es hotmail.fr hotmail.it live.com live.de live.nl live.co.uk msn.com
  yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.de yahoo.es yahoo.fr yahoo.it yahoo.com.br ymail.com rocketmail.com aol.com aol.de icloud.com me.com
  mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io gmx.de gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de
  arcor.de posteo.de mailbox.org mail.de email.de online.de vodafone.de kabelmail.de bluewin.ch hispeed.ch sunrise.ch aon.at chello.at inode.at orange.fr
  wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr libero.it virgilio.it alice.it tiscali.it tim.it tin.it fastwebnet.it telefonica.net
  terra.es ono.com movistar.es sapo.pt telenet.be skynet.be proximus.be ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl casema.nl telia.com
  comhem.se bredband.net online.no getmail.no tdcadsl.dk mail.dk kolumbus.fi saunalahti.fi luukku.com suomi24.fi wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl
  seznam.cz centrum.cz volny.cz azet.sk centrum.sk freemail.hu citromail.hu t-online.hu abv.bg mail.bg yandex.ru yandex.com mail.ru bk.ru inbox.ru list.ru
  rambler.ru ukr.net i.ua btinternet.com btopenworld.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk tiscali.co.uk eircom.net
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net frontier.com windstream.net rogers.com
  shaw.ca sympatico.ca bell.net telus.net videotron.ca bigpond.com bigpond.net.au optusnet.com.au iinet.net.au xtra.co.nz uol.com.br bol.com.br terra.com.br
  ig.com.br qq.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com foxmail.com naver.com daum.net hanmail.net nate.com rediffmail.com
  docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com ocn.ne.jp biglobe.ne.jp mail.com email.com usa.com fastmail.com fastmail.fm hey.com zoho.com zohomail.com
  inbox.com hushmail.com runbox.com mailinator.com guerrillamail.com yopmail.com trashmail.com`.split(/\s+/),
)

/** Where everybody can have a page: with a path behind it the domain is the portal's, not the company's. */
const PORTALS = new Set(
  `facebook.com linkedin.com instagram.com twitter.com x.com youtube.com tiktok.com pinterest.com xing.com github.com github.io gitlab.io wordpress.com
  blogspot.com wixsite.com weebly.com squarespace.com jimdo.com jimdofree.com webnode.com godaddysites.com myshopify.com etsy.com ebay.com amazon.com
  google.com sites.google.com linktr.ee medium.com notion.site notion.so tumblr.com blogger.com business.site wikipedia.org crunchbase.com`.split(
    /\s+/,
  ),
)

export const isFreemail = (domain: string): boolean => FREEMAIL.has(domain.toLowerCase())

const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/

/** `https://www.Example.com/en/` → `example.com`; null for what is no domain, a mail provider's, or a page at a portal. */
export function companyDomain(website: string): string | null {
  const bare = website
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
  const [host = '', ...path] = bare.split(/[/?#]/)
  const domain = host
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '')
    .replace(/\.$/, '')
    .replace(/^www\d?\./, '')
  if (!DOMAIN.test(domain) || isFreemail(domain)) return null
  if (isPortal(domain) && (domain.split('.').length > 2 || path.some((step) => step !== ''))) return null
  return domain
}

const isPortal = (domain: string): boolean => PORTALS.has(domain) || PORTALS.has(domain.split('.').slice(-2).join('.'))
