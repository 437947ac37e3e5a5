/** What the palette offers for what was typed: records, pages, deeds. */
import type { ReactNode } from 'react'
import type { ObjectDefinition } from '@/api/types'

export interface Entry {
  key: string
  icon: ReactNode
  name: string
  /** Beside the name: what it is, what tells it apart. */
  note?: ReactNode
  /** At the far end: a state, a figure, a key. */
  end?: ReactNode
  /** Which object Tab would narrow to. */
  object?: ObjectDefinition
  open: () => void
  openInDrawer?: () => void
}

export interface Section {
  key: 'recent' | 'records' | 'pages' | 'deeds'
  entries: Entry[]
}

/** Every word of the question occurs somewhere in the texts. */
export function matches(question: string, ...texts: (string | undefined)[]): boolean {
  const hay = texts.join(' ').toLowerCase()
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => hay.includes(word))
}

/** `>` at the beginning asks for deeds only. */
export function readQuestion(text: string): { question: string; onlyDeeds: boolean } {
  const onlyDeeds = text.startsWith('>')
  return { question: (onlyDeeds ? text.slice(1) : text).trim(), onlyDeeds }
}
