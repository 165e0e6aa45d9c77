/**
 * What browsers offer and TypeScript's DOM library does not list: the ways a browser says "do not track me",
 * and the one name that the snippet adds to the page.
 */

interface Navigator {
  /** https://w3c.github.io/gpc/ : true when the visitor objects. */
  readonly globalPrivacyControl?: unknown
  /** https://www.w3.org/TR/tracking-dnt/ : '1' in the standard, 'yes' in old Firefox. */
  readonly doNotTrack?: unknown
  /** Internet Explorer and old Edge. */
  readonly msDoNotTrack?: unknown
}

interface Window {
  /** Old Safari. */
  readonly doNotTrack?: unknown
  /** Before this file has loaded the documented stub, which keeps what it is told in `q`; then the command, without `q`. */
  doorplate?: { (command: string, value?: unknown): void; readonly q: readonly (readonly [command?: string, value?: unknown])[] }
}
