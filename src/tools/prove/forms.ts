/**
 * Every form in which a secret could be stored, as something to look for and something to plant.
 *
 * A form has a name, one example of itself (what the positive control plants) and the patterns that give it away
 * wherever it is embedded. Raw bytes have a second pattern: the way they look when somebody made a string of them.
 */
import { base64Around, base64Faces, OFFSETS, urlSafe } from './base64.ts'
import type { Canary } from './canaries.ts'
import { digests, type Material, renderings } from './digests.ts'
import type { Pattern } from './search.ts'
import { type Sentinel, USER_AGENT } from './sentinels.ts'
import { addressBytes, type Spelling, spellings } from './spellings.ts'

export const FORM_GROUPS = ['spelled', 'encoded', 'bytes', 'digest', 'salted digest'] as const
export type FormGroup = (typeof FORM_GROUPS)[number]

export interface Form {
  readonly name: string
  readonly group: FormGroup
  readonly plant: Uint8Array
  readonly patterns: readonly Pattern[]
}

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export function addressForms({ address }: Pick<Canary, 'address'>, salts: readonly string[]): readonly Form[] {
  const bytes = addressBytes(address)
  const texts = spellings(address)
  const materials = digestMaterials(address, bytes, texts)
  return [
    ...texts.flatMap((spelling) => [spelled(spelling), ...encoded(spelling)]),
    ...(bytes.length === 4 ? bytes4(bytes) : bytes6(bytes)).flatMap(({ name, bytes: raw }) => packed(name, raw)),
    ...materials.flatMap((material) => digested(material, salts)),
  ]
}

export function sentinelForms({ token, whole, fingerprint }: Sentinel, salts: readonly string[]): readonly Form[] {
  const text = utf8(token)
  return [
    spelled({ name: 'as it is', text: token }),
    ...(token.toLowerCase() === token
      ? []
      : [spelled({ name: 'lower case', text: token.toLowerCase() }), spelled({ name: 'upper case', text: token.toUpperCase() })]),
    ...encoded({ name: 'text', text: token }),
    ...digested({ name: 'text', bytes: text }, fingerprint ? salts : []),
    ...(whole === token ? [] : digested({ name: 'value', bytes: utf8(whole) }, fingerprint ? salts : [])),
  ]
}

function spelled({ name, text, alone }: Spelling): Form {
  return { name, group: 'spelled', plant: utf8(text), patterns: [{ bytes: utf8(text), ...(alone && { alone }) }] }
}

/** A text inside other encodings. */
function encoded({ name, text: plain, alone }: Spelling): Form[] {
  const form = (how: string, plant: Uint8Array, pattern?: Pick<Pattern, 'alone'>): Form => ({
    name: `${name}, ${how}`,
    group: 'encoded',
    plant,
    patterns: [{ bytes: plant, ...pattern }],
  })
  const text = utf8(plain)
  const hex = Buffer.from(text).toString('hex')
  return [
    form('UTF-16LE', Buffer.from(latin1(text), 'utf16le')),
    form('UTF-16BE', Buffer.from(latin1(text), 'utf16le').swap16()),
    form('percent-encoded', utf8(hex.replace(/../g, '%$&'))),
    form('as hex', utf8(hex)),
    ...(hex === hex.toUpperCase() ? [] : [form('as HEX', utf8(hex.toUpperCase()))]),
    form('backwards', backwards(text), alone && { alone }),
    ...inBase64(name, text, 'encoded'),
  ]
}

function inBase64(name: string, bytes: Uint8Array, group: FormGroup): Form[] {
  return OFFSETS.flatMap((offset) => {
    const faces = base64Faces(bytes, offset)
    const plant = base64Around(bytes, offset)
    const form = (alphabet: string, render: (text: string) => string): Form => ({
      name: `${name}, ${alphabet} at offset ${offset}`,
      group,
      plant: utf8(render(plant)),
      patterns: faces.map((face) => ({ bytes: utf8(render(face)) })),
    })
    const plain = form('base64', (text) => text)
    return faces.every((face) => urlSafe(face) === face) ? [plain] : [plain, form('base64url', urlSafe)]
  })
}

/** Bytes as bytes, as a string of them, and in base64; their hex is a spelling already. */
function packed(name: string, bytes: Uint8Array): Form[] {
  const asText = utf8(latin1(bytes))
  return [
    { name, group: 'bytes', plant: bytes, patterns: [{ bytes, ...(bytes.length === 4 && { brief: true as const }) }, { bytes: asText }] },
    ...inBase64(name, bytes, 'bytes'),
  ]
}

const backwards = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes).reverse()
const words = (bytes: Uint8Array, size: number): Uint8Array =>
  Uint8Array.from({ length: bytes.length }, (_, at) => bytes[at - (at % size) + size - 1 - (at % size)] ?? 0)

function bytes4(bytes: Uint8Array): Material[] {
  const net = Uint8Array.from([...bytes.subarray(0, 3), 0])
  const number = Buffer.from(bytes).readUInt32BE()
  const double = Buffer.alloc(8)
  double.writeDoubleBE(number)
  return [
    { name: 'packed', bytes },
    { name: 'packed, low byte first', bytes: backwards(bytes) },
    { name: 'packed as mapped', bytes: Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, ...bytes]) },
    { name: 'double', bytes: double },
    { name: 'double, low byte first', bytes: backwards(double) },
    { name: 'variable-length number', bytes: leb128(number) },
    { name: '/24 packed', bytes: net },
    { name: '/24 packed, low byte first', bytes: backwards(net) },
  ]
}

function bytes6(bytes: Uint8Array): Material[] {
  const net = bytes.subarray(0, 8)
  return [
    { name: 'packed', bytes },
    { name: 'packed, low byte first', bytes: backwards(bytes) },
    { name: 'packed, 32-bit words low byte first', bytes: words(bytes, 4) },
    { name: 'packed, 64-bit words low byte first', bytes: words(bytes, 8) },
    { name: '/64 packed', bytes: net },
    { name: '/64 packed, low byte first', bytes: backwards(net) },
    { name: '/64 packed, 32-bit words low byte first', bytes: words(net, 4) },
    { name: 'interface identifier packed', bytes: bytes.subarray(8) },
  ]
}

/** As Protocol Buffers and V8's serialiser write a number. */
function leb128(number: number): Uint8Array {
  const bytes: number[] = []
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.from([...bytes, rest])
}

/** What people hash: the address in its usual spellings, its network, and the address together with the browser. */
function digestMaterials(address: string, bytes: Uint8Array, texts: readonly Spelling[]): Material[] {
  const wanted = bytes.length === 4 ? ['dotted', 'decimal', '/24', 'mapped, dotted'] : ['compressed', 'expanded', '/64', '/64 bare']
  return [
    ...texts.filter(({ name }) => wanted.includes(name)).map(({ name, text }) => ({ name, bytes: utf8(text) })),
    { name: 'packed', bytes },
    { name: 'address + agent', bytes: utf8(address + USER_AGENT) },
    { name: 'agent + address', bytes: utf8(USER_AGENT + address) },
    { name: 'address|agent', bytes: utf8(`${address}|${USER_AGENT}`) },
    { name: 'address:agent', bytes: utf8(`${address}:${USER_AGENT}`) },
  ]
}

function digested(material: Material, salts: readonly string[]): Form[] {
  return [...digests(material, salts)].flatMap((digest) =>
    renderings(digest.bytes).map(({ name, plant, patterns }) => ({
      name: `${digest.name}, ${name}`,
      group: digest.salted ? ('salted digest' as const) : ('digest' as const),
      plant,
      patterns,
    })),
  )
}
