/**
 * Markup by tagged template: whatever is put in is escaped unless it is markup already.
 */
export class Html {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

type Piece = string | number | Html | readonly Html[] | null

export function html(fixed: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let text = fixed[0] ?? ''
  pieces.forEach((piece, at) => {
    text += written(piece) + (fixed[at + 1] ?? '')
  })
  return new Html(text)
}

function written(piece: Piece): string {
  if (piece === null) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece))
  return piece instanceof Html ? piece.toString() : piece.join('')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
