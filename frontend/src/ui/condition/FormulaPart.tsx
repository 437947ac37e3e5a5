/** What sentences cannot say stands among them as a formula. Handed on whenever it reads as a condition. */
import { useMemo, useState } from 'react'
import { useObjects } from '@/api/objects'
import type { ObjectDefinition } from '@/api/types'
import { FormulaBox } from '../formula/FormulaBox'
import { ObjectScope } from '../formula/object_scope'
import { readFormula } from '../formula/reading'
import { filterOf } from './filter_of'

export interface FormulaPartProps {
  object: ObjectDefinition
  text: string
  label: string
  onChange: (text: string) => void
}

export function FormulaPart({ object, text, label, onChange }: FormulaPartProps) {
  const objects = useObjects()
  const scope = useMemo(() => new ObjectScope(objects, object), [objects, object])
  const [draft, setDraft] = useState(text)
  function change(next: string): void {
    setDraft(next)
    const found = filterOf(readFormula(next, scope, 'boolean'), scope)
    if (found !== null && found !== 'many') onChange(next)
  }
  return <FormulaBox object={object} value={draft} expects="boolean" label={label} onChange={change} />
}
