/** Which side drawers are open: only the newest is seen; what it covers stays as it was and comes back when it closes. */
import { useEffect, useId, useSyncExternalStore } from 'react'

let open: readonly string[] = []
const listeners = new Set<() => void>()

function set(next: readonly string[]): void {
  open = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Enters a drawer for as long as it is there. */
export function useDrawerStack(): { isCovered: boolean; covers: boolean } {
  const id = useId()
  const known = useSyncExternalStore(subscribe, () => open)
  useEffect(() => {
    set([...open, id])
    return () => set(open.filter((each) => each !== id))
  }, [id])
  const at = known.indexOf(id)
  return { isCovered: at >= 0 && at < known.length - 1, covers: at > 0 }
}
