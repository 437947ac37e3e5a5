/** The fields of an object in the groups of its page: sorted by dragging, each with what one needs to know to dare a change. */
import { useState } from 'react'
import { DndContext, KeyboardSensor, PointerSensor, closestCenter, useDroppable, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical, MoreHorizontal, Plus } from 'lucide-react'
import { useObjects } from '@/api/objects'
import type { ComputingField, DesignStep } from '@/api/design_types'
import type { Label } from '@/api/types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOf } from '@/registry/registry'
import { ActionMenu } from '@/ui/ActionMenu'
import type { MenuEntry } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { ComputingWord, useComputingOf } from './Computing'
import { fieldGroups, systemFields } from './draft_view'
import type { DraftField, DraftObject, FieldGroup } from './draft_view'
import styles from './FieldTable.module.css'
import { useFilled } from './filled'
import { GroupDialog } from './GroupDialog'
import { dropPlace, neighbours } from './moving'
import { rulesSaid } from './rules/said'
import { useText as useRuleText } from './rules/text'
import { useText } from './text'
import { UsedBy } from './UsedBy'

export interface FieldTableProps {
  object: DraftObject
  selected: string | null
  isReadOnly: boolean
  onSelect: (field: string) => void
  onStep: (step: DesignStep) => void
}

interface RowProps extends Pick<FieldTableProps, 'object' | 'isReadOnly' | 'onSelect' | 'onStep'> {
  field: DraftField
  group: FieldGroup | null
  isSelected: boolean
  filled: number | null
  computing: ComputingField | undefined
}

export function FieldTable({ object, selected, isReadOnly, onSelect, onStep }: FieldTableProps) {
  const say = useText()
  const locale = useLocale()
  const filledOf = useFilled(object)
  const computingOf = useComputingOf(object.name)
  const groups = fieldGroups(object)
  const system = systemFields(object)
  const [asked, setAsked] = useState<{ place: number | null } | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const mayArrange = !isReadOnly && object.mark !== 'new'

  function drop({ active, over }: DragEndEvent): void {
    const place = over && dropPlace(groups, String(active.id), String(over.id))
    if (place) onStep({ action: 'move_field', object: object.name, field: String(active.id), ...place })
  }

  function saveGroup(label: Label): void {
    const place = asked?.place ?? null
    const before = object.layout.groups
    const after = place === null ? [...before, { label, fields: [] }] : before.map((group, index) => (index === place ? { ...group, label } : group))
    onStep({ action: 'change_object', object: object.name, changes: { layout: { ...object.layout, groups: after } } })
    setAsked(null)
  }

  const row = (field: DraftField, group: FieldGroup | null) => (
    <Row
      key={field.name}
      object={object}
      field={field}
      group={group}
      isSelected={field.name === selected}
      filled={filledOf(field)}
      computing={computingOf(field.name)}
      isReadOnly={isReadOnly || (!mayArrange && field.live !== null)}
      onSelect={onSelect}
      onStep={onStep}
    />
  )

  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <div className={styles.table} role="table" aria-label={say('tab_fields')}>
        <div className={styles.head} role="row">
          <span role="columnheader" className={styles.first}>
            {say('column_field')}
          </span>
          <span role="columnheader">{say('column_type')}</span>
          <span role="columnheader">{say('column_rules')}</span>
          <span role="columnheader">{say('column_used')}</span>
          <span role="columnheader">{say('column_filled')}</span>
          <span role="columnheader" aria-hidden />
        </div>
        {groups.map((group) => (
          <SortableContext key={group.place ?? 'loose'} items={group.fields.map((field) => field.name)} strategy={verticalListSortingStrategy} disabled={!mayArrange}>
            <GroupHead object={object} group={group} mayArrange={mayArrange} onRename={() => setAsked({ place: group.place })} onStep={onStep} />
            {group.fields.map((field) => row(field, group))}
            {group.fields.length === 0 && <p className={styles.empty}>{say('noFields')}</p>}
          </SortableContext>
        ))}
        {mayArrange && (
          <Button type="dashed" size="small" icon={<Plus size={14} aria-hidden />} className={styles.addGroup ?? ''} onClick={() => setAsked({ place: null })}>
            {say('addGroup')}
          </Button>
        )}
        {system.length > 0 && (
          <details className={styles.system}>
            <summary>
              {say('systemFields')} <span>{say('fieldsCount', { count: system.length })}</span>
            </summary>
            <p>{system.map((field) => labelText(field.label, locale)).join(locale === 'zh-CN' ? '、' : ', ')}</p>
          </details>
        )}
      </div>
      {asked && <GroupDialog label={asked.place === null ? {} : (object.layout.groups[asked.place]?.label ?? {})} onSave={saveGroup} onClose={() => setAsked(null)} />}
    </DndContext>
  )
}

interface GroupHeadProps {
  object: DraftObject
  group: FieldGroup
  mayArrange: boolean
  onRename: () => void
  onStep: (step: DesignStep) => void
}

function GroupHead({ object, group, mayArrange, onRename, onStep }: GroupHeadProps) {
  const say = useText()
  const locale = useLocale()
  const { setNodeRef, isOver } = useDroppable({ id: `group ${group.place ?? ''}`, disabled: !mayArrange || group.place === null })
  const name = group.label ? labelText(group.label, locale) : say('ungrouped')
  const items = [
    { key: 'rename', label: say('renameGroup'), onSelect: onRename },
    ...(group.fields.length === 0
      ? [
          {
            key: 'remove',
            label: say('removeGroup'),
            onSelect: () =>
              onStep({
                action: 'change_object',
                object: object.name,
                changes: { layout: { ...object.layout, groups: object.layout.groups.filter((_, place) => place !== group.place) } },
              }),
          },
        ]
      : []),
  ]
  return (
    <div className={styles.group} ref={setNodeRef} data-over={isOver} role="row">
      <h3>{name}</h3>
      <span>{say('fieldsCount', { count: group.fields.length })}</span>
      {mayArrange && group.place !== null && (
        <ActionMenu items={items} title={name}>
          <Button type="text" size="small" icon={<MoreHorizontal size={14} aria-hidden />} aria-label={say('groupDeeds', { name })} />
        </ActionMenu>
      )}
    </div>
  )
}

function Row({ object, field, group, isSelected, filled, computing, isReadOnly, onSelect, onStep }: RowProps) {
  const say = useText()
  const locale = useLocale()
  const name = labelText(field.label, locale)
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging, isOver } = useSortable({ id: field.name, disabled: isReadOnly })
  const deeds = useRowDeeds({ object, field, group, onSelect, onStep })
  const Icon = kindOf(field).icon
  const sayRule = useRuleText()
  const said = rulesSaid(field)
  return (
    <div
      ref={setNodeRef}
      className={styles.row}
      role="row"
      data-mark={field.mark ?? undefined}
      data-selected={isSelected}
      data-dragging={isDragging}
      data-over={isOver && !isDragging}
      data-field={field.name}
      style={{ transform: CSS.Translate.toString(transform), transition: transition ?? '' }}
      onClick={() => onSelect(field.name)}
    >
      <span role="cell" className={styles.first}>
        {!isReadOnly && (
          <button type="button" ref={setActivatorNodeRef} className={styles.grip} aria-label={say('dragField', { name })} {...attributes} {...listeners}>
            <GripVertical size={14} aria-hidden />
          </button>
        )}
        <Icon size={16} aria-hidden />
        <button type="button" className={styles.name}>
          {name}
        </button>
        {field.mark && <Chip hue={field.mark === 'retired' ? 'red' : field.mark === 'new' ? 'teal' : 'amber'}>{say(`mark_${field.mark}`)}</Chip>}
      </span>
      <span role="cell" className={styles.type}>
        <TypeWords field={field} />
      </span>
      <span role="cell" className={styles.rules}>
        {field.required && field.formula === null && <Chip>{say('required')}</Chip>}
        {field.unique && <Chip>{say('unique')}</Chip>}
        {field.formula !== null && field.formula !== undefined && <Chip hue="teal">{say('computed')}</Chip>}
        {said.length > 0 && (
          <Chip hue="blue" title={said.map((rule) => sayRule(`${rule}_short`)).join('\n')}>
            {sayRule('count', { count: said.length })}
          </Chip>
        )}
        <ComputingWord state={computing} />
      </span>
      <span role="cell" className={styles.used}>
        <UsedBy used={field.used_by} />
      </span>
      <span role="cell" className={styles.filled}>
        {filled === null ? (
          '—'
        ) : (
          <>
            <span className={styles.track}>
              <span style={{ width: `${filled * 100}%` }} />
            </span>
            {Math.round(filled * 100)}%
          </>
        )}
      </span>
      <span role="cell" onClick={(event) => event.stopPropagation()}>
        {!isReadOnly && (
          <ActionMenu items={deeds} title={name}>
            <Button type="text" size="small" icon={<MoreHorizontal size={14} aria-hidden />} aria-label={say('fieldDeeds', { name })} />
          </ActionMenu>
        )}
      </span>
    </div>
  )
}

function useRowDeeds({ object, field, group, onSelect, onStep }: Pick<RowProps, 'object' | 'field' | 'group' | 'onSelect' | 'onStep'>): MenuEntry[] {
  const say = useText()
  const locale = useLocale()
  const move = (place: { group: number; before: string | null }) => onStep({ action: 'move_field', object: object.name, field: field.name, ...place })
  const { up, down } = group ? neighbours(group, field.name) : { up: null, down: null }
  const others = object.layout.groups.flatMap((one, place) => (place === group?.place ? [] : [{ place, label: labelText(one.label, locale) }]))
  return [
    { key: 'edit', label: say('edit'), onSelect: () => onSelect(field.name) },
    ...(up ? [{ key: 'up', label: say('moveUp'), onSelect: () => move(up) }] : []),
    ...(down ? [{ key: 'down', label: say('moveDown'), onSelect: () => move(down) }] : []),
    ...others.map((one) => ({ key: `to${one.place}`, label: say('moveTo', { group: one.label }), onSelect: () => move({ group: one.place, before: null }) })),
    ...(field.system
      ? []
      : [
          { key: 'line', divider: true as const },
          field.mark === 'retired'
            ? { key: 'restore', label: say('restore'), onSelect: () => onStep({ action: 'restore_field', object: object.name, field: field.name }) }
            : { key: 'retire', label: say(field.live ? 'retire' : 'remove'), danger: true, onSelect: () => onStep({ action: 'retire_field', object: object.name, field: field.name }) },
        ]),
  ]
}

/** The type in words, with what tells most of its settings. */
export function TypeWords({ field }: { field: DraftField }) {
  const say = useText()
  const locale = useLocale()
  const objects = useObjects()
  const kind = kindOf(field)
  const target = objects.find((one) => one.name === field.options.target)
  if (target) return <>{say('linksTo', { what: labelText(target.label, locale) })}</>
  const choices = field.options.choices?.filter((choice) => !choice.retired).length
  const facts = [labelText(kind.label, locale), choices === undefined ? null : say('choicesCount', { count: choices }), field.options.is_stage ? say('stage') : null]
  return <>{facts.filter((fact) => fact !== null).join(' · ')}</>
}
