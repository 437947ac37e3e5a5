/** The list a record was opened from, so that the drawer can walk to the next and the previous one. */
import { createContext, useContext } from 'react'

export interface RecordWalk {
  ids: readonly string[]
  open: (id: string) => void
  close: () => void
}

export const RecordWalkContext = createContext<RecordWalk | null>(null)

export function useRecordWalk(): RecordWalk | null {
  return useContext(RecordWalkContext)
}
