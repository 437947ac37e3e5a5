/** Finds records of the view by words; `/` goes here, Esc leaves. */
import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { Search, X } from 'lucide-react'
import { Kbd } from '@/ui/Kbd'
import { useText } from './messages'
import styles from './list.module.css'

const resting = 250

export function FindBox({ q, onChange, input }: { q: string; onChange: (q: string) => void; input: RefObject<HTMLInputElement | null> }) {
  const say = useText()
  const [text, setText] = useState(q)
  const [seen, setSeen] = useState(q)
  const [handedOn, setHandedOn] = useState(q)
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  // What comes back is mostly what was handed on, a moment later; only something else replaces what is being typed.
  if (q !== seen) {
    setSeen(q)
    if (q !== handedOn) {
      setHandedOn(q)
      setText(q)
    }
  }
  const [isComposing, setComposing] = useState(false)
  useEffect(() => {
    if (isComposing || text.trim() === handedOn) return undefined
    const timer = setTimeout(() => {
      setHandedOn(text.trim())
      latest.current(text.trim())
    }, resting)
    return () => clearTimeout(timer)
  }, [text, handedOn, isComposing])

  return (
    <div className={styles.find}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="text"
        aria-label={say('find')}
        placeholder={say('find')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.preventDefault()
          event.stopPropagation()
          setText('')
          setHandedOn('')
          onChange('')
          event.currentTarget.blur()
        }}
      />
      {text ? (
        <button type="button" aria-label={say('clear_find')} onClick={() => setText('')}>
          <X size={14} aria-hidden />
        </button>
      ) : (
        <Kbd>/</Kbd>
      )}
    </div>
  )
}
