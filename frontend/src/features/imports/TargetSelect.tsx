/** Chooses the field a column goes to. */
import { Ban } from 'lucide-react'
import { Select } from 'antd'
import type { ImportColumn } from '@/api/import_types'
import { labelText, useLocale } from '@/lib/i18n'
import { kindOfType } from '@/registry/registry'
import type { Target } from './mapping'
import styles from './MappingTable.module.css'
import { useText } from './text'

const leftOut = ''

export interface TargetSelectProps {
  column: ImportColumn
  columns: readonly ImportColumn[]
  targets: readonly Target[]
  disabled: boolean
  onChange: (field: string | null) => void
}

export function TargetSelect({ column, columns, targets, disabled, onChange }: TargetSelectProps) {
  const say = useText()
  const locale = useLocale()
  const options = [
    { value: leftOut, search: say('skip'), label: <Line icon={<Ban size={14} aria-hidden />} text={say('skip')} isMuted /> },
    ...targets.map((target) => {
      const Icon = kindOfType(target.type).icon
      const holder = columns.find((one) => one.field === target.name && one.index !== column.index)
      const text = labelText(target.label, locale)
      return {
        value: target.name,
        search: `${text} ${target.label.en ?? ''} ${target.name}`,
        label: <Line icon={<Icon size={14} aria-hidden />} text={text} isRequired={target.required} note={holder ? say('taken', { letter: holder.letter }) : null} />,
      }
    }),
  ]
  return (
    <Select
      className={(column.field === null ? styles.leftOut : styles.target) ?? ''}
      aria-label={`${column.header || column.letter} → ${say('target')}`}
      value={column.field ?? leftOut}
      options={options}
      disabled={disabled}
      showSearch={{ optionFilterProp: 'search' }}
      popupMatchSelectWidth={280}
      notFoundContent={say('nothingFound')}
      onChange={(value: string) => onChange(value === leftOut ? null : value)}
    />
  )
}

interface LineProps {
  icon: React.ReactNode
  text: string
  isRequired?: boolean
  isMuted?: boolean
  note?: string | null
}

function Line({ icon, text, isRequired, isMuted, note }: LineProps) {
  return (
    <span className={styles.option} data-muted={isMuted}>
      {icon}
      <span className={styles.optionText}>{text}</span>
      {isRequired && <span className={styles.star}>*</span>}
      {note && <span className={styles.note}>{note}</span>}
    </span>
  )
}
