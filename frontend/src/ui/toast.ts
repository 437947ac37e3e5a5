/** Short notices at the bottom left. Whoever has something to tell calls `toast.show`; the host shows them. */

export interface Toast {
  text: string
  undo?: (() => void) | undefined
  tone?: 'neutral' | 'success' | 'danger' | undefined
}
export interface ShownToast extends Toast {
  id: number
}

let shown: readonly ShownToast[] = []
let last = 0
const listeners = new Set<() => void>()

function put(next: readonly ShownToast[]): void {
  shown = next
  listeners.forEach((notify) => notify())
}

export const toast = {
  /** Errors stay until they are closed; everything else leaves after five seconds. */
  show(notice: Toast): number {
    last += 1
    put([...shown.slice(-2), { ...notice, id: last }])
    return last
  },
  close(id: number): void {
    put(shown.filter((notice) => notice.id !== id))
  },
  shown: (): readonly ShownToast[] => shown,
  subscribe(notify: () => void): () => void {
    listeners.add(notify)
    return () => listeners.delete(notify)
  },
}
