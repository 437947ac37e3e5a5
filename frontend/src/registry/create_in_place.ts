/** Lets a link's input make the record it lacks without leaving the form; whoever shows the form answers. */
import { createContext, useContext } from 'react'
import type { Reference, Values } from '@/api/types'

/** Opens a form for a new record of `target`, named as was typed and starting with values. Null when the person went back without saving. */
export type CreateInPlace = (target: string, typed: string, starting: Values) => Promise<Reference | null>

export const CreateInPlaceContext = createContext<CreateInPlace | null>(null)

/** Null where no form can open, as in a grid cell. */
export function useCreateInPlace(): CreateInPlace | null {
  return useContext(CreateInPlaceContext)
}
