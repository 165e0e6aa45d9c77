/** A text of ours in which `what is typed` stands between backticks. */
export function Words({ children }: { readonly children: string }) {
  return <>{children.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
}
