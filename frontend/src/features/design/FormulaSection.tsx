/** How a computed field is worked out, with what comes of it for real records. */
import { useMemo, useState } from 'react'
import { Maximize2 } from 'lucide-react'
import type { Field } from '@/api/types'
import { fromJson } from '@/lib/formula/json-form'
import { builtinFunctions } from '@/lib/formula/builtin'
import { check } from '@/lib/formula/check-types'
import { apiNames } from '@/lib/formula/names'
import { write } from '@/lib/formula/write'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { FieldLabel } from '@/ui/FieldLabel'
import { FormulaBox } from '@/ui/formula/FormulaBox'
import { FormulaStudio } from '@/ui/formula/FormulaStudio'
import { KeepEmpty } from '@/ui/formula/KeepEmpty'
import { ObjectScope } from '@/ui/formula/object_scope'
import { readFormula } from '@/ui/formula/reading'
import type { Expected, Reading } from '@/ui/formula/reading'
import { SampleTable } from '@/ui/formula/SampleTable'
import { useSamples } from '@/ui/formula/samples'
import type { DraftObject } from './draft_view'
import styles from './forms.module.css'
import { useText } from './text'

const lineWidth = 36

export function expectedOf(field: Field): Expected {
  const { holds } = kindOf(field)
  if (holds === 'files' || holds === 'secret' || holds === 'data') throw new RangeError('No formula fills files, secrets or data.')
  return holds === 'texts' ? 'text' : holds === 'reference' || holds === 'references' ? 'record' : holds
}

/** A formula as text: as it stands in the draft, or written out of the tree it is kept as. */
export function formulaText(formula: unknown, object: DraftObject, objects: readonly DraftObject[]): string | null {
  if (typeof formula === 'string') return formula
  if (formula === null || formula === undefined) return null
  try {
    return write(check(fromJson(formula), new ObjectScope(objects, object), builtinFunctions()), apiNames, lineWidth)
  } catch {
    // A formula whose fields are gone is written anew.
    return ''
  }
}

export interface FormulaSectionProps {
  object: DraftObject
  objects: readonly DraftObject[]
  /** What it is shown as. */
  field: Field
  value: string
  /** `isRight` when it reads and fits the field. */
  onChange: (text: string, isRight: boolean) => void
}

export function FormulaSection({ object, objects, field, value, onChange }: FormulaSectionProps) {
  const say = useText()
  const locale = useLocale()
  const [isLarge, setLarge] = useState(false)
  const names = objects.map((one) => `${one.name}${one.fields.length}`).join()
  // The draft is put together anew with every drawing; what formulas may name changes with its fields.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const known = useMemo(() => ({ object, objects, scope: new ObjectScope(objects, object) }), [names, object.name])
  const expects = expectedOf(field)
  const [reading, setReading] = useState<Reading>(() => readFormula(value, known.scope, expects))
  const samples = useSamples(known.scope, reading.typed, object.mark !== 'new')
  function change(text: string): void {
    onChange(text, readFormula(text, known.scope, expects).problem === null && text.trim() !== '')
  }
  return (
    <div className={styles.formula} data-testid="field-formula">
      <div className={styles.formulaHead}>
        <FieldLabel>{say('formula')}</FieldLabel>
        <Button type="text" size="small" icon={<Maximize2 size={13} aria-hidden />} onClick={() => setLarge(true)}>
          {say('largeFormula')}
        </Button>
      </div>
      <FormulaBox object={known.object} objects={known.objects} value={value} expects={expects} lines={3} label={say('formula')} onChange={change} onReading={setReading} />
      <KeepEmpty value={value} reading={reading} scope={known.scope} onChange={change} />
      {object.mark !== 'new' && <SampleTable scope={known.scope} samples={samples} field={field} text={reading.text} />}
      {isLarge && (
        <FormulaStudio
          title={say('formulaOf', { name: labelText(field.label, locale) || say('newField') })}
          object={known.object}
          objects={known.objects}
          field={field}
          value={value}
          expects={expects}
          isThere={object.mark !== 'new'}
          onClose={() => setLarge(false)}
          onDone={(text) => {
            setLarge(false)
            change(text)
          }}
        />
      )}
    </div>
  )
}
