/** An icon where there is no React: in the text of an editor and in its list of offers. */
import type { LucideIcon } from 'lucide-react'
import { createRoot } from 'react-dom/client'

export function iconNode(Icon: LucideIcon): HTMLElement {
  const host = document.createElement('span')
  host.setAttribute('aria-hidden', 'true')
  createRoot(host).render(<Icon size={13} />)
  return host
}
