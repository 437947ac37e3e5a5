/** A record laid out by the room there is: facts left, the story in the middle, people right; tabs alone in a drawer. */
import { useRef, useState } from 'react'
import type { FullRecord, ObjectDefinition } from '@/api/types'
import { useLabel } from '@/lib/i18n'
import { useSingleKeys } from '@/api/session'
import { useKeys } from '@/lib/keyboard'
import { ComputingNote } from '@/ui/ComputingNote'
import { Tabs } from '@/ui/Tabs'
import type { Tab } from '@/ui/Tabs'
import { AskedOfStage } from './AskedOfStage'
import { ConflictDialog } from './ConflictDialog'
import { EditForm } from './EditForm'
import { FieldGroups, FieldLines } from './FieldGroups'
import { HistoryList } from './HistoryList'
import { PeopleFacts } from './PeopleFacts'
import { RecordHead } from './RecordHead'
import { RelatedGlance, RelatedList } from './RelatedList'
import { LinesView } from './lines'
import type { FormStack } from './form_stack'
import { columnsFrom, keyFields, shownGroups } from './layout'
import { useText } from './messages'
import { useOpenRecord } from './record_page'
import { countText, pointingTo, useRelated } from './related'
import { useRuleState } from '@/ui/rules/use_rules'
import type { Related } from './related'
import { useElementWidth } from './width'
import styles from './RecordBody.module.css'

export interface RecordBodyProps {
  object: ObjectDefinition
  record: FullRecord
  stack: FormStack
  isPhone: boolean
  isEditing: boolean
  onEdit: (isEditing: boolean) => void
  /** The record left one's sight. */
  onGone: () => void
}

export function RecordBody({ object, record, stack, isPhone, isEditing, onEdit, onGone }: RecordBodyProps) {
  const say = useText()
  const label = useLabel()
  const box = useRef<HTMLDivElement>(null)
  const width = useElementWidth(box)
  const [chosen, setChosen] = useState<string | null>(null)
  const open = useOpenRecord(object, record, onGone)
  const related = useRelated(object, record.id)
  const sheets = object.fields.filter((field) => field.lines && field.retired_at === null)
  // Lines are filled in across the whole page.
  const isWide = isEditing && sheets.length > 0
  const hasFacts = width >= columnsFrom.facts && !isWide
  const hasPeople = width >= columnsFrom.people && !isWide
  const groups = shownGroups(object)

  const history: Tab = { key: 'history', label: say('tab_history') }
  const details: Tab = { key: 'details', label: say('tab_details') }
  const tabs: Tab[] = [
    ...(hasFacts ? [history, details] : [details, history]),
    ...sheets.map((field) => ({ key: `lines ${field.name}`, label: `${label(field.label)} ${linesCount(record[field.name])}`.trim() })),
    ...related.map((list) => ({ key: list.key, label: `${label(list.label)} ${countText(list)}`.trim() })),
  ]
  const wanted = isEditing ? 'details' : chosen
  const active = tabs.find((tab) => tab.key === wanted)?.key ?? tabs[0]?.key ?? 'details'

  function show(tab: string): void {
    onEdit(false)
    setChosen(tab)
  }
  function walk(step: number): void {
    const at = tabs.findIndex((tab) => tab.key === active)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (next) show(next.key)
  }
  useKeys({ '[': () => walk(-1), ']': () => walk(1) }, useSingleKeys() && stack.waiting.length === 0)

  function create(list: Related): void {
    void stack.open(list.object.name, pointingTo(list, record))
  }
  const rules = useRuleState(object, record)
  const fields = { of: object.name, record, fresh: open.fresh, rules, onSave: open.saveField }
  const openSheet = sheets.find((field) => active === `lines ${field.name}`)
  const openRelated = related.find((list) => list.key === active)
  const people = <PeopleFacts object={object} {...fields} />

  return (
    <div ref={box} className={styles.body} data-columns={hasPeople ? 3 : hasFacts ? 2 : 1}>
      <ComputingNote object={object} />
      <RecordHead
        object={object}
        record={record}
        isPhone={isPhone}
        daysInStage={open.daysInStage}
        onMoveStage={open.moveStage}
        onEdit={() => onEdit(true)}
      />
      <div className={styles.columns}>
        {hasFacts && (
          <aside className={styles.facts} aria-label={say('key_facts')}>
            <header>
              <h3>{say('key_facts')}</h3>
              <button type="button" onClick={() => show('details')}>
                {say('all_fields', { count: groups.reduce((sum, group) => sum + group.fields.length, 0) })}
              </button>
            </header>
            <FieldLines fields={keyFields(object)} {...fields} />
            {related.map((list) => (
              <RelatedGlance key={list.key} related={list} onCreate={create} onShowAll={() => show(list.key)} />
            ))}
            {!hasPeople && people}
          </aside>
        )}
        <div className={styles.story}>
          <Tabs items={tabs} active={active} onChange={show} label={say('parts')} />
          <div role="tabpanel" className={isEditing ? styles.editing : styles.panel}>
            {isEditing ? (
              <EditForm
                key={record.id}
                object={object}
                record={record}
                saving={open.saving}
                myId={open.myId}
                onDone={(saved) => {
                  onEdit(false)
                  if (saved) open.settled(saved)
                }}
              />
            ) : openRelated ? (
              <RelatedList key={openRelated.key} related={openRelated} id={record.id} onCreate={create} />
            ) : openSheet ? (
              <LinesView key={openSheet.name} of={object.name} record={record.id} field={openSheet} />
            ) : active === 'history' ? (
              <HistoryList object={object} id={record.id} />
            ) : (
              <>
                <FieldGroups groups={groups} {...fields} />
                {!hasFacts && people}
              </>
            )}
          </div>
        </div>
        {hasPeople && <aside className={styles.people}>{people}</aside>}
      </div>
      <AskedOfStage of={object.name} record={record} open={open} />
      <ConflictDialog saving={open.saving} />
    </div>
  )
}

function linesCount(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : ''
}
