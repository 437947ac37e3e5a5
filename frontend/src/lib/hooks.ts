/** Small hooks that know nothing of the product. */
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'

/** True once `isOn` has held for `milliseconds`; faces of loading wait this long before they show. */
export function useHeld(isOn: boolean, milliseconds = 150): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!isOn) {
      setHeld(false)
      return undefined
    }
    const timer = setTimeout(() => setHeld(true), milliseconds)
    return () => clearTimeout(timer)
  }, [isOn, milliseconds])
  return isOn && held
}

/** The value once it has rested for `milliseconds`. */
export function useRested<T>(value: T, milliseconds = 200): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return rested
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', notify)
      return () => list.removeEventListener('change', notify)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** One function for good that does what the latest one does, so that what it is handed to need not be drawn again. */
export function useSteady(act: () => void): () => void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  return useCallback(() => latest.current(), [])
}
