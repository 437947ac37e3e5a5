/** Chooses a department; each is told with the way to it. */
import { Select } from 'antd'
import { useDepartments } from '@/api/people'
import { branches } from './department_tree'

export interface DepartmentSelectProps {
  id?: string
  value: string | null
  onChange: (id: string | null) => void
  placeholder?: string
  /** Those that cannot be chosen. */
  without?: ReadonlySet<string>
  className?: string | undefined
  label?: string
}

export function DepartmentSelect({ id, value, onChange, placeholder, without, className, label }: DepartmentSelectProps) {
  const departments = useDepartments().data ?? []
  const options = branches(departments)
    .filter(({ department }) => !without?.has(department.id))
    .map(({ department, path }) => ({ value: department.id, label: path.join(' / ') }))
  return (
    <Select
      {...(id ? { id } : {})}
      {...(className ? { className } : {})}
      aria-label={label}
      value={value}
      onChange={(next: string | undefined) => onChange(next ?? null)}
      options={options}
      placeholder={placeholder}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  )
}
