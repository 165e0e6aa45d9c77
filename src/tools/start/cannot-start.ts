/** A reason that is a sentence for the person who runs the command: shown as it is, without a stack. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
