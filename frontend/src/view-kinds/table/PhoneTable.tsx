/** The table on a phone: two lines per record, groups that stay, the sum at the bottom. */
import { use, useEffect, useMemo, useRef } from 'react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useObjects } from '@/api/objects'
import type { Field, RecordRow } from '@/api/types'
import { formatNumber } from '@/lib/format'
import { useLocale } from '@/lib/i18n'
import { ColoringContext, paintOf, tones } from '@/registry/coloring'
import { cardLines } from '@/registry/card_lines'
import { kindOf } from '@/registry/registry'
import type { ViewProps } from '@/registry/view_kind'
import { PersonAvatar } from '@/ui/Avatar'
import { Chip } from '@/ui/Chip'
import { Failed, LoadingRows, Offline } from '@/ui/faces'
import { itemAt } from './blocks'
import { columnsOf } from './columns'
import type { Column } from './columns'
import { useText } from './messages'
import { SectionLoader } from './SectionLoader'
import { startingTotals, useSections } from './sections'
import type { Section, Total } from './sections'
import { useRows } from './use_rows'
import styles from './phone.module.css'

const rowHeight = 64
const headHeight = 40
const none = {}

export function PhoneTable({ object, state, onOpen, onOrder, openedRecord }: ViewProps) {
  const say = useText()
  const locale = useLocale()
  const objects = useObjects()
  const scroll = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => columnsOf(objects, object, state, locale), [objects, object, state, locale])
  const lines = useMemo(() => cardLines(object, [...new Set([...object.layout.card, ...columns.map((column) => column.path)])]), [object, columns])
  const [figure] = lines.figures
  const needed = useMemo(() => [lines.party, ...lines.figures, ...lines.dates, ...lines.people].filter((field) => field !== null).map((field) => field.name), [lines])
  const summed = useMemo<Column[]>(() => (figure ? [{ path: figure.name, field: figure, label: '', width: 0, mayWrite: false }] : []), [figure])
  const totals = useMemo(() => startingTotals(summed, none), [summed])
  const sections = useSections(object, state, totals)
  const rows = useRows(state, sections, summed, needed)
  const { blocks } = rows

  const virtual = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => scroll.current,
    estimateSize: (place) => (itemAt(blocks, place)?.kind === 'head' ? headHeight : rowHeight),
    overscan: 8,
  })
  useEffect(() => virtual.measure(), [virtual, blocks])
  const shown = virtual.getVirtualItems()
  const lacking = shown.map((place) => itemAt(blocks, place.index)).find((item) => item?.kind === 'missing')?.block.section
  useEffect(() => {
    if (lacking) rows.want(lacking)
  })
  const ids = useMemo(() => blocks.list.flatMap((block) => (block.isCollapsed ? [] : block.rows.map((row) => row.id))), [blocks])
  useEffect(() => onOrder(ids), [onOrder, ids])

  const states = [...rows.loaded.values()]
  const failed = states.find((each) => each.error !== null && each.rows.length === 0)
  const isBlank = sections.isPending || states.length === 0 || states.every((each) => each.isPending)
  const atTop = shown.find((place) => place.end > (scroll.current?.scrollTop ?? 0))
  const stuck = sections.groupField && atTop ? itemAt(blocks, atTop.index)?.block : undefined
  const head = (section: Section, isCollapsed: boolean) =>
    sections.groupField && <GroupHead section={section} field={sections.groupField} figure={figure ?? null} isCollapsed={isCollapsed} onToggle={() => rows.toggle(section.key)} />

  return (
    <div className={styles.phone}>
      {rows.loaders.map((loader) => (
        <SectionLoader key={loader.key} object={object.name} sectionKey={loader.key} query={loader.query} turn={rows.turn} wanted={openedRecord} onLoaded={rows.onLoaded} />
      ))}
      <Offline since={states[0]?.updatedAt} />
      {rows.waiting > 0 && (
        <button type="button" className={styles.newRows} onClick={rows.showWaiting}>
          {say('new_rows', { count: rows.waiting })}
        </button>
      )}
      {failed || sections.error ? (
        <Failed problem={failed?.error ?? sections.error} onRetry={failed?.retry ?? sections.retry} />
      ) : isBlank ? (
        <LoadingRows rows={9} columns={2} />
      ) : (
        <div ref={scroll} className={styles.scroll}>
          {stuck && <div className={styles.stuck} aria-hidden>{head(stuck.section, stuck.isCollapsed)}</div>}
          <ul className={styles.body} style={{ height: virtual.getTotalSize() }}>
            {shown.map((place) => {
              const item = itemAt(blocks, place.index)
              if (!item) return null
              const style = { height: place.size, transform: `translateY(${place.start}px)` }
              if (item.kind === 'head') {
                return (
                  <li key={`head ${item.block.section.key}`} style={style}>
                    {head(item.block.section, item.block.isCollapsed)}
                  </li>
                )
              }
              return (
                <li key={item.kind === 'row' ? item.row.id : `missing ${place.index}`} style={style}>
                  {item.kind === 'row' ? <TwoLines row={item.row} lines={lines} onOpen={onOpen} /> : <span className={styles.bones} />}
                </li>
              )
            })}
          </ul>
        </div>
      )}
      <div className={styles.foot}>
        <span>{sections.count !== null && say('records', { count: formatNumber(sections.count) })}</span>
        {figure && <Sum field={figure} value={sections.totals.get(figure.name)} word={say('total')} />}
      </div>
    </div>
  )
}

function Sum({ field, value, word }: { field: Field; value: Total | undefined; word?: string }) {
  if (typeof value !== 'number') return null
  const { Cell } = kindOf(field)
  return (
    <span className={styles.sum}>
      {word && <span>{word}</span>}
      <strong>
        <Cell value={value} field={field} place="card" />
      </strong>
    </span>
  )
}

interface GroupHeadProps {
  section: Section
  field: Field
  figure: Field | null
  isCollapsed: boolean
  onToggle: () => void
}

function GroupHead({ section, field, figure, isCollapsed, onToggle }: GroupHeadProps) {
  const say = useText()
  const { Cell } = kindOf(field)
  const Chevron = isCollapsed ? ChevronRight : ChevronDown
  return (
    <button type="button" className={styles.head} aria-expanded={!isCollapsed} onClick={onToggle}>
      {section.value === null ? <span>{say('none')}</span> : <Cell value={section.value} field={field} place="card" />}
      <span className={styles.count}>{formatNumber(section.count ?? 0)}</span>
      {figure && <Sum field={figure} value={section.totals.get(figure.name)} />}
      <Chevron size={18} aria-hidden />
    </button>
  )
}

function TwoLines({ row, lines, onOpen }: { row: RecordRow; lines: ReturnType<typeof cardLines>; onOpen: (id: string) => void }) {
  const say = useText()
  const [figure] = lines.figures
  const [date] = lines.dates
  const [person] = lines.people
  const coloring = use(ColoringContext)
  const paint = paintOf(coloring, row)
  const own = (field: Field) => paintOf(coloring, row, field.name)
  const reasons = [...new Set([paint, ...(coloring.length > 0 ? [figure, date, lines.party].map((field) => (field ? own(field) : null)) : [])].filter((one) => one !== null))]
  const owner = person ? (row[person.name] as { id: string; name: string | null } | null) : null
  return (
    <button type="button" className={styles.row} data-paint={paint?.hue} style={tones(paint)} onClick={() => onOpen(row.id)}>
      <span className={styles.line}>
        <span className={styles.name}>{String(row['name'] ?? '') || say('untitled')}</span>
        {figure && <strong className={styles.figure}><Value field={figure} value={row[figure.name]} /></strong>}
      </span>
      <span className={styles.second}>
        {reasons.map((one) => (
          <span key={one.why} className={styles.reason} title={one.why}>
            <Chip hue={one.hue} dot>{one.why}</Chip>
          </span>
        ))}
        <span className={styles.party}>{lines.party && <Value field={lines.party} value={row[lines.party.name]} />}</span>
        {date && <Value field={date} value={row[date.name]} />}
        {owner && <PersonAvatar id={owner.id} name={owner.name} size={22} />}
      </span>
    </button>
  )
}

function Value({ field, value }: { field: Field; value: unknown }) {
  const { Cell, isEmpty } = kindOf(field)
  return isEmpty(value as never) ? null : <Cell value={value as never} field={field} place="card" />
}
