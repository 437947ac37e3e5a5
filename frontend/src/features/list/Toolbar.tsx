/** What one does with a view: filter, sort, group, choose fields, set the density, find. */
import type { RefObject } from 'react'
import { AlignJustify, Rows3 } from 'lucide-react'
import { activeFields } from '@/api/objects'
import { useLabel } from '@/lib/i18n'
import { viewKind } from '@/registry/registry'
import type { ViewKind, ViewState } from '@/registry/view_kind'
import { ActionMenu } from '@/ui/ActionMenu'
import { Button } from '@/ui/Button'
import { useWidth } from '@/ui/width'
import { ColorTool } from './ColorTool'
import { ColumnsTool } from './ColumnsTool'
import { Counted } from './Counted'
import { FilterChips, FilterTool } from './FilterTool'
import { FindBox } from './FindBox'
import { SortTool } from './SortTool'
import { useText } from './messages'
import type { List } from './use_list'
import styles from './list.module.css'

export interface ToolbarProps {
  list: List
  find: RefObject<HTMLInputElement | null>
  isFilterOpen: boolean
  onFilterOpen: (isOpen: boolean) => void
}

const densities = ['compact', 'standard', 'relaxed'] as const

export function Toolbar({ list, find, isFilterOpen, onFilterOpen }: ToolbarProps) {
  const say = useText()
  const { isPhone } = useWidth()
  const { object, state, change } = list
  const has = (tool: ViewKind['tools'][number]): boolean => viewKind(state.kind)?.tools.includes(tool) === true
  const filter = { object, filter: state.filter, onChange: (next: ViewState['filter']) => change({ filter: next }) }
  const shown = state.columns.map((column) => column.field).filter((name) => name !== 'name')
  const widths = new Map(state.columns.map((column) => [column.field, column]))

  return (
    <div className={styles.toolbar}>
      {has('filter') && <FilterTool {...filter} isOpen={isFilterOpen} onOpen={onFilterOpen} />}
      {has('filter') && <FilterChips {...filter} onOpen={() => onFilterOpen(true)} />}
      {has('sort') && <SortTool object={object} sort={state.sort} onChange={(sort) => change({ sort })} />}
      {has('group') && <GroupTool list={list} mayBeNone={has('columns')} />}
      {has('columns') && !isPhone && (
        <ColumnsTool
          object={object}
          shown={shown}
          overLinks
          label={say('columns_count', { shown: shown.length + 1, all: activeFields(object).length })}
          onChange={(next) => change({ columns: ['name', ...next].map((name) => widths.get(name) ?? { field: name }) })}
        />
      )}
      {has('card') && <ColumnsTool object={object} shown={state.card} overLinks={false} most={8} label={say('card_fields')} onChange={(card) => change({ card })} />}
      {has('colors') && (
        <ColorTool key={list.view?.id ?? ''} object={object} state={state} onChange={(colors) => change({ colors })} />
      )}
      {has('density') && !isPhone && (
        <ActionMenu
          title={say('density')}
          items={[
            ...densities.map((density) => ({ key: density, label: say(density), checked: state.density === density, onSelect: () => change({ density }) })),
            { key: 'mine', label: say('as_mine'), checked: state.density === null, onSelect: () => change({ density: null }) },
          ]}
        >
          <Button type="text" className={styles.tool ?? ''} aria-label={say('density')} title={say('density')} icon={<AlignJustify size={16} />} />
        </ActionMenu>
      )}
      <span className={styles.space} />
      {!isPhone && <Counted object={object.name} query={{ filter: state.filter, q: state.q }} />}
      <FindBox q={state.q} onChange={(q) => change({ q })} input={find} />
    </div>
  )
}

function GroupTool({ list, mayBeNone }: { list: List; mayBeNone: boolean }) {
  const say = useText()
  const label = useLabel()
  const { object, state, change } = list
  const groupable = activeFields(object).filter((field) => field.groupable)
  const chosen = groupable.find((field) => field.name === state.group_by)
  if (groupable.length === 0) return null
  return (
    <ActionMenu
      title={say('group')}
      placement="bottomLeft"
      items={[
        ...(mayBeNone ? [{ key: '', label: say('no_group'), checked: !chosen, onSelect: () => change({ group_by: null }) }] : []),
        ...groupable.map((field) => ({ key: field.name, label: label(field.label), checked: field === chosen, onSelect: () => change({ group_by: field.name }) })),
      ]}
    >
      <Button type="text" className={styles.tool ?? ''} data-look={chosen ? 'set' : 'plain'} icon={<Rows3 size={16} />}>
        {chosen ? say('group_by', { field: label(chosen.label) }) : say('group')}
      </Button>
    </ActionMenu>
  )
}
