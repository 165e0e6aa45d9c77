/* The dashboard's only script: keys. Without it nothing is lost, every key does what a link or a field does too. */
document.addEventListener('keydown', (event) => {
  const at = document.activeElement
  if (event.ctrlKey || event.metaKey || event.altKey || at?.matches('input, select, textarea, [contenteditable]')) return
  const rows = [...document.querySelectorAll('[data-row]')]
  if (event.key === '/') document.querySelector('[data-search]')?.focus()
  else if (event.key === 'j') rows[Math.min(rows.indexOf(at) + 1, rows.length - 1)]?.focus()
  else if (event.key === 'k') rows[Math.max(rows.indexOf(at) - 1, 0)]?.focus()
  else if (event.key === '?') document.querySelector('#keys')?.showModal()
  else return
  event.preventDefault()
})
