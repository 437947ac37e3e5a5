/** The fields a table or a card shows, to be ticked and put in order. */
import { useState } from 'react'
import { DndContext, KeyboardSensor, PointerSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent } from '@dnd-kit/core'
import { SortableContext, arrayMove, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { Checkbox, Input } from 'antd'
import { GripVertical } from 'lucide-react'
import { activeFields, fieldAtPath, useObjects } from '@/api/objects'
import type { ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { FieldPicker } from '@/ui/condition/FieldPicker'
import { pathText } from '@/ui/condition/condition_text'
import { useText } from './messages'
import styles from './list.module.css'

export interface ColumnsChoiceProps {
  object: ObjectDefinition
  /** Paths, in order. The name of a table is not among them: it always comes first. */
  shown: readonly string[]
  onChange: (shown: string[]) => void
  /** Fields of linked records may be shown too. */
  overLinks: boolean
  most?: number
}

export function ColumnsChoice({ object, shown, onChange, overLinks, most = 60 }: ColumnsChoiceProps) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const [find, setFind] = useState('')
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const others = activeFields(object).filter((field) => field.name !== 'name' && !shown.includes(field.name))
  const matches = (text: string): boolean => text.toLowerCase().includes(find.trim().toLowerCase())
  const isFull = shown.length >= most

  function drop({ active, over }: DragEndEvent): void {
    if (over && active.id !== over.id) onChange(arrayMove([...shown], shown.indexOf(String(active.id)), shown.indexOf(String(over.id))))
  }
  return (
    <>
      <Input allowClear placeholder={say('find_column')} aria-label={say('find_column')} value={find} onChange={(event) => setFind(event.target.value)} />
      <div className={styles.columnList}>
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
          <SortableContext items={[...shown]} strategy={verticalListSortingStrategy}>
            {shown
              .filter((path) => matches(pathText(objects, object, path)))
              .map((path) => (
                <ShownColumn key={path} path={path} object={object} onHide={() => onChange(shown.filter((each) => each !== path))} />
              ))}
          </SortableContext>
        </DndContext>
        {others
          .filter((field) => matches(label(field.label)))
          .map((field) => {
            const Icon = kindOf(field).icon
            return (
              <div key={field.name} className={styles.columnRow}>
                <span className={styles.grip} />
                <Checkbox checked={false} disabled={isFull} onChange={() => onChange([...shown, field.name])}>
                  <span className={styles.columnName}>
                    <Icon size={14} aria-hidden />
                    {label(field.label)}
                  </span>
                </Checkbox>
              </div>
            )
          })}
      </div>
      {overLinks && object.fields.some((field) => fieldAtPath(objects, object, `${field.name}.name`)) && (
        <FieldPicker
          key={shown.length}
          object={object}
          value={null}
          overLinks
          placeholder={say('add_linked')}
          mayPick={(field) => !activeFields(object).includes(field) && field.name !== 'id'}
          onChange={(path) => {
            if (!shown.includes(path) && !isFull) onChange([...shown, path])
          }}
        />
      )}
    </>
  )
}

function ShownColumn({ path, object, onHide }: { path: string; object: ObjectDefinition; onHide: () => void }) {
  const say = useText()
  const objects = useObjects()
  const { setNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({ id: path })
  const field = fieldAtPath(objects, object, path)?.at(-1)
  const Icon = field ? kindOf(field).icon : null
  return (
    <div ref={setNodeRef} className={styles.columnRow} data-dragging={isDragging || undefined} style={{ transform: CSS.Translate.toString(transform), transition }}>
      <button type="button" className={styles.grip} aria-label={say('move')} {...attributes} {...listeners}>
        <GripVertical size={14} aria-hidden />
      </button>
      <Checkbox checked onChange={onHide}>
        <span className={styles.columnName}>
          {Icon && <Icon size={14} aria-hidden />}
          {pathText(objects, object, path)}
        </span>
      </Checkbox>
    </div>
  )
}
