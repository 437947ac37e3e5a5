/** The name of the browser's tab: what is open, then the product. */
import { useEffect } from 'react'

const product = 'Guanxi'

export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title === undefined) return
    document.title = title === '' ? product : `${title} · ${product}`
  }, [title])
}
