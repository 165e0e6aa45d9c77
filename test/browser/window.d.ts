/** The snippet's command, for what tests run inside a page. */
interface Window {
  doorplate?: (command: string, value?: unknown) => void
}
