/**
 * Text as it reads once every disguise is off. What is stored keeps its own letters; what is looked at is folded
 * further, so that a detector need not know every alphabet.
 */

/** Mailing tools encode twice; a third time is somebody's mistake. */
const ROUNDS = 3

/** Percent-decoding up to three times, then without characters that can hide one text inside another. */
export function decode(text: string): string {
  let decoded = text
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = decoded.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun)
    if (next === decoded) break
    decoded = next
  }
  return printable(decoded)
}

/** Whether a decoded text still hides plain characters: then nobody knows what it says. */
export function stillEncoded(decoded: string): boolean {
  return /%(?:25)*[2-7][0-9a-f]|[=\\%]u00[2-7][0-9a-f]|&#x?[0-9a-f]+|=40(?=[a-z])/i.test(fold(decoded))
}

/** A run that is no UTF-8 stays as it is but for its plain characters: bad bytes beside them must not hide them. */
function decodeRun(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run.replace(/%[0-7][0-9a-f]/gi, (sign) => String.fromCharCode(Number.parseInt(sign.slice(1), 16)))
  }
}

/** Control, bidirectional and invisible characters out. */
function printable(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Variation_Selector}]/gu, '')
}

/** Letters of other alphabets that print like those of hexadecimal numbers and of `at`. */
const LOOK_ALIKES: Readonly<Record<string, string>> = { а: 'a', с: 'c', е: 'e', о: 'o', т: 't', х: 'x', ѕ: 's', α: 'a', ο: 'o', τ: 't' }

/** The text to look at, never to store: full-width and circled forms made plain, foreign digits made digits. */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => (digit <= '9' ? digit : '1'))
    .replace(/[асеотхѕαοτ]/gu, (letter) => LOOK_ALIKES[letter] ?? letter)
}
