/**
 * P2: the address dies in the request.
 *
 * The visitor's address exists in one object that no string operation can open: printing, joining, serialising or
 * comparing it throws or shows `[visitor address]`. It can be used once, by the look-up, and is empty from then on.
 * Only this file may construct one, and only `collect/look-up.ts` may open one; a test holds both.
 */
export class VisitorAddress {
  #text: string

  private constructor(text: string) {
    this.#text = text
  }

  /** Takes the address Cloudflare vouches for. Call it after the gate has opened, never before. */
  static from(headers: Headers): VisitorAddress {
    return new VisitorAddress(headers.get('cf-connecting-ip') ?? '')
  }

  /** Hands the text to `use` and forgets it. A second call sees an empty text. */
  open<T>(use: (text: string) => T): T {
    const text = this.#text
    this.#text = ''
    return use(text)
  }

  /** Template literals, `+`, `String()`, `==` and use as a key end here. */
  [Symbol.toPrimitive](): never {
    throw new TypeError('a visitor address is not a value')
  }

  toString(): never {
    throw new TypeError('a visitor address is not text')
  }

  /** `JSON.stringify`, and with it every body and every structured log. */
  toJSON(): never {
    throw new TypeError('a visitor address is not data')
  }

  get [Symbol.toStringTag](): string {
    return 'visitor address'
  }

  /** `console` in Node and workerd. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[visitor address]'
  }
}
