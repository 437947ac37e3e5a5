/** Keys of the whole page. Single letters rest while a field has focus or an input method composes. */
import { useEffect, useRef } from 'react'

export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || target.getAttribute('role') === 'textbox'
}

/** `ctrl+k`, `shift+arrowdown`, `g c` are said by the caller; this names the key that was pressed. */
export function keyName(event: KeyboardEvent): string {
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('ctrl')
  if (event.altKey) parts.push('alt')
  if (event.shiftKey && event.key.length > 1) parts.push('shift')
  parts.push(event.key === ' ' ? 'space' : event.key.toLowerCase())
  return parts.join('+')
}

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

/** Listens on the window. Keys with Ctrl also work while typing; all others rest. */
export function useKeys(map: KeyMap, isActive = true): void {
  const latest = useRef(map)
  useEffect(() => {
    latest.current = map
  })
  useEffect(() => {
    if (!isActive) return undefined
    function listen(event: KeyboardEvent): void {
      if (event.defaultPrevented) return
      const name = keyName(event)
      const act = latest.current[name]
      if (!act) return
      if (isTyping(event) && !name.startsWith('ctrl+')) return
      if (document.querySelector('[data-blocks-keys]') && !name.startsWith('ctrl+')) return
      event.preventDefault()
      act(event)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [isActive])
}
