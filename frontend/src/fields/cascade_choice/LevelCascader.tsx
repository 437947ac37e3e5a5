/** Chooses an option level by level, or several; fetched when one is chosen. */
import { Cascader } from 'antd'
import { useMemo } from 'react'
import type { Field } from '@/api/types'
import { useLocale } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { useOffered } from '@/ui/offers/use_offered'
import inputs from '@/ui/inputs/inputs.module.css'
import { branchOf, treeOf } from './levels'
import type { Level } from './levels'

/** Three levels beside each other fit on a phone. */
const columns = { minWidth: 88, maxWidth: 'min(240px, 31vw)' }

const search = { filter: (typed: string, path: Level[]) => path.map((node) => node.label).join('/').toLowerCase().includes(typed.trim().toLowerCase()) }

function pathOf(field: Field, value: string): string[] {
  return branchOf(field.options.choices ?? [], value).map((one) => one.value)
}

export function LevelCascader({ value, field: plain, within, onChange, place, id, autoFocus, disabled, invalid, onDone, ...aria }: InputProps<string>) {
  const field = useOffered(plain, within)
  const locale = useLocale()
  const options = useMemo(() => treeOf(field.options, value === null ? [] : [value], locale), [field, value, locale])
  return (
    <Cascader<Level>
      className={inputs.full ?? ''}
      options={options}
      value={value === null ? [] : pathOf(field, value)}
      changeOnSelect={field.options['last_level_only'] !== true}
      allowClear={!field.required}
      showSearch={search}
      popupMenuColumnStyle={columns}
      displayRender={(labels) => labels.join(' / ')}
      defaultOpen={place === 'cell'}
      variant={place === 'cell' ? 'borderless' : 'outlined'}
      onChange={(path: (string | number | null)[] | undefined) => {
        const last = path?.at(-1)
        const chosen = last === undefined || last === null ? null : String(last)
        onChange(chosen)
        if (!field.options.choices?.some((one) => one.parent === chosen)) onDone?.(chosen)
      }}
      {...(id ? { id } : {})}
      {...(autoFocus ? { autoFocus } : {})}
      {...(disabled ? { disabled } : {})}
      {...(invalid ? { status: 'error' as const } : {})}
      aria-labelledby={aria['aria-labelledby']}
      aria-describedby={aria['aria-describedby']}
    />
  )
}

interface SeveralProps {
  field: Field
  values: readonly string[]
  onChange: (values: string[]) => void
}

export function LevelsCascader({ field, values, onChange }: SeveralProps) {
  const locale = useLocale()
  return (
    <Cascader<Level, 'value'>
      className={inputs.full ?? ''}
      options={treeOf(field.options, values, locale)}
      multiple
      maxTagCount="responsive"
      showSearch={search}
      popupMenuColumnStyle={columns}
      showCheckedStrategy={Cascader.SHOW_PARENT}
      value={values.map((value) => pathOf(field, value))}
      onChange={(paths: (string | number | null)[][]) => onChange(paths.map((path) => String(path.at(-1))))}
    />
  )
}
