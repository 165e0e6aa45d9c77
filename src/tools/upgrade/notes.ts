/** The section of a changelog about one version; without such a section the newest. Headings are `## 0.1.0 (date)`. */
export function newestNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^(?=## )/m).filter((section) => section.startsWith('## '))
  const found = sections.find((section) => section.startsWith(`## ${version} `) || section.startsWith(`## ${version}\n`))
  return (found ?? sections[0] ?? '').trim()
}
