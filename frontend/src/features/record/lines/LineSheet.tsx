/** One line with all it holds, lines of its own too: a sheet from below on phones, a window elsewhere. */
import { useId } from 'react'
import type { ReactNode } from 'react'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import type { Field, Values } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { Button } from '@/ui/Button'
import { Dialog } from '@/ui/Dialog'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { Sheet } from '@/ui/Sheet'
import { useWidth } from '@/ui/width'
import { checkField, formGroups } from '../form'
import type { Line, LineProblem } from './lines'
import { useText } from './messages'
import type { LinesForm } from './use_lines'
import styles from './cards.module.css'

export interface LineSheetProps {
  form: LinesForm
  /** The sub-table. */
  field: Field
  line: Line
  values: Values
  number: number
  problems: readonly LineProblem[]
  /** Shows the lines of the line. */
  renderLines: (line: Line, field: Field, labelId: string) => ReactNode
  onClose: () => void
}

export function LineSheet(props: LineSheetProps) {
  const say = useText()
  const { isPhone } = useWidth()
  const { number, onClose } = props
  const title = say('row', { number })
  const done = (
    <Button type="primary" onClick={onClose}>
      {say('done')}
    </Button>
  )
  return isPhone ? (
    <Sheet title={title} onClose={onClose} footer={done}>
      <Fields {...props} />
    </Sheet>
  ) : (
    <Dialog open title={title} onCancel={onClose} footer={done} width={760} destroyOnHidden>
      <Fields {...props} />
    </Dialog>
  )
}

function Fields({ form, field, line, values, number, problems, renderLines, onClose }: LineSheetProps) {
  const say = useText()
  const { object, lines } = form
  if (!object) return null
  const own = new Set([field.lines?.link, field.lines?.position, 'owner'])
  const groups = formGroups(object, (one) => one.access === 'write').map((group) => ({ ...group, fields: group.fields.filter(({ name }) => !own.has(name)) }))
  const whole = problems.find(({ column }) => column === null)
  return (
    <div className={styles.sheet}>
      <FieldError>{whole?.message ?? null}</FieldError>
      <div className={styles.fields}>
        {groups.flatMap((group) => group.fields).map((one) => (
          <LineField key={one.name} form={form} line={line} one={one} values={values} renderLines={renderLines} problem={problems.find(({ column }) => column === one.name)?.message ?? null} />
        ))}
      </div>
      {form.mayWrite && (
        <div className={styles.deeds}>
          <Button icon={<ArrowUp size={16} aria-hidden />} disabled={number <= 1} onClick={() => form.move(line.key, number - 2)}>
            {say('up')}
          </Button>
          <Button icon={<ArrowDown size={16} aria-hidden />} disabled={number >= lines.length} onClick={() => form.move(line.key, number)}>
            {say('down')}
          </Button>
          {(line.id === null || object.rights.delete) && (
            <Button
              danger
              type="text"
              icon={<Trash2 size={16} aria-hidden />}
              onClick={() => {
                form.remove([line.key])
                onClose()
              }}
            >
              {say('remove')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

interface LineFieldProps extends Pick<LineSheetProps, 'renderLines'> {
  form: LinesForm
  line: Line
  one: Field
  values: Values
  problem: string | null
}

function LineField({ form, line, one, values, problem, renderLines }: LineFieldProps) {
  const label = useLabel()
  const labelId = useId()
  const state = form.stateOf(line)
  const { Input, Cell, isEmpty, hasManyLines } = kindOf(one)
  const value = values[one.name] ?? null
  if (state.hidden.has(one.name)) return null
  const isRequired = state.required.has(one.name)
  const error = problem ?? (line.draft && one.name in line.draft.sent ? checkField(one, value, isRequired) : null)
  return (
    <div className={styles.line} data-wide={hasManyLines || undefined} data-field={one.name}>
      <FieldLabel id={labelId} required={isRequired}>
        {label(one.label)}
      </FieldLabel>
      {one.lines ? (
        renderLines(line, one, labelId)
      ) : form.mayChange(line, one) ? (
        <Input
          value={value as never}
          field={one}
          within={{ object: form.object?.name ?? '', id: line.id, values: line.values }}
          place="form"
          invalid={error !== null}
          onChange={(next: unknown) => form.change([{ key: line.key, field: one, value: next }])}
          aria-labelledby={labelId}
        />
      ) : (
        <output className={styles.fixed} aria-labelledby={labelId}>
          {isEmpty(value as never) ? '—' : <Cell value={value} field={one} place="page" />}
        </output>
      )}
      <FieldError>{error}</FieldError>
    </div>
  )
}
