/** Asks before something that cannot be undone. `await confirm({…})` is true when the person agreed. */
import type { ReactNode } from 'react'

export interface Question {
  /** The question itself: "Delete 3 accounts?" */
  title: string
  body?: ReactNode
  /** What the button does: "Delete 3 accounts". */
  verb: string
  /** The safe way out; "Keep" where something would be lost. */
  keep?: string | undefined
  danger?: boolean | undefined
  /** A name to type first, for what takes much with it. */
  typed?: string | undefined
}
export interface AskedQuestion extends Question {
  answer: (agreed: boolean) => void
}

let asked: AskedQuestion | null = null
const listeners = new Set<() => void>()

function put(next: AskedQuestion | null): void {
  asked = next
  listeners.forEach((notify) => notify())
}

export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false)
  return new Promise((resolve) => {
    put({
      ...question,
      answer(agreed) {
        put(null)
        resolve(agreed)
      },
    })
  })
}

export const askedQuestion = {
  now: (): AskedQuestion | null => asked,
  subscribe(notify: () => void): () => void {
    listeners.add(notify)
    return () => listeners.delete(notify)
  },
}
