/** True and false are the visitor's decision; false also what is unknown; undefined where this tool is not on the page. */
export type Answer = boolean | undefined

export interface Tool {
  /** After any of these the answer may be another. */
  readonly events: readonly string[]
  /**
   * What the tool says now. May throw, which is a no.
   * @param again to be called where the tool calls back and dispatches no event
   */
  readonly read: (again: () => void) => Answer | Promise<boolean>
}
