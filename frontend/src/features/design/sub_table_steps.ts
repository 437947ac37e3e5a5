/** A new sub-table brings the object its lines are kept in, all as steps of the same draft. */
import type { DesignStep } from '@/api/design_types'

const longest = 50

/** The steps to be done for a step, itself the last. `taken` are the names of objects there are. */
export function withLinesObject(step: DesignStep, taken: readonly string[]): [...DesignStep[], DesignStep] {
  if (step.action !== 'add_field' || step.field.type !== 'sub_table' || step.field.options?.['object'] !== undefined) return [step]
  const base = `${step.object.slice(0, longest)}_lines`
  let lines = base
  for (let number = 2; taken.includes(lines); number += 1) lines = `${base}_${String(number)}`
  const options = { ...step.field.options, object: lines, link: 'belongs_to', position: 'position' }
  return [
    { action: 'add_object', object: { name: lines, label: step.field.label, icon: 'list-checks' } },
    { action: 'add_field', object: lines, field: { name: 'belongs_to', label: { 'zh-CN': '所属记录', en: 'Belongs to' }, type: 'link', required: true, options: { target: step.object, on_delete: 'cascade' } } },
    { action: 'add_field', object: lines, field: { name: 'position', label: { 'zh-CN': '顺序', en: 'Position' }, type: 'number', options: {} } },
    { ...step, field: { ...step.field, options } },
  ]
}
