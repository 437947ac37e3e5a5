/** Which object it points to, what the other side calls the records that point to it, and what happens when one of them is deleted. */
import { Input, Select } from 'antd'
import { useId } from 'react'
import { useObjects } from '@/api/objects'
import type { Label } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import type { SettingsProps } from '@/registry/field_kind'
import { FieldLabel } from '@/ui/FieldLabel'
import { FigureBox } from '@/ui/inputs/FigureBox'
import styles from '@/ui/inputs/inputs.module.css'

const useText = defineMessages('multi-link-settings', {
  'zh-CN': { target: '关联到', reverse_zh: '对方页面上的名称（中文）', reverse_en: '对方页面上的名称（英文）', most: '最多几个', on_delete: '对方被删除时', clear: '允许', restrict: '不允许删除对方' },
  en: { target: 'Links to', reverse_zh: 'What the other side calls it (Chinese)', reverse_en: 'What the other side calls it (English)', most: 'At most so many', on_delete: 'When one of them is deleted', clear: 'Allow it', restrict: 'Refuse to delete it' },
})

const ways = ['clear', 'restrict'] as const
const languages = [['zh-CN', 'reverse_zh'], ['en', 'reverse_en']] as const

export function MultiLinkSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const label = useLabel()
  const objects = useObjects()
  const id = useId()
  const reverse = (options['reverse_label'] ?? {}) as Label

  function call(language: (typeof languages)[number][0], text: string): void {
    const next = Object.fromEntries(Object.entries({ ...reverse, [language]: text }).filter(([, one]) => one !== ''))
    onChange({ ...options, reverse_label: Object.keys(next).length > 0 ? next : null })
  }
  return (
    <div className={styles.settings}>
      <div>
        <FieldLabel htmlFor={`${id}target`} required>
          {say('target')}
        </FieldLabel>
        <Select<string>
          className={styles.full ?? ''}
          id={`${id}target`}
          value={options.target ?? null}
          options={objects.map((object) => ({ value: object.name, label: label(object.plural_label) }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(target: string) => onChange({ ...options, target })}
        />
      </div>
      {languages.map(([language, word]) => (
        <div key={language}>
          <FieldLabel htmlFor={id + language}>{say(word)}</FieldLabel>
          <Input id={id + language} maxLength={100} value={reverse[language] ?? ''} onChange={(event) => call(language, event.target.value)} />
        </div>
      ))}
      <div>
        <FieldLabel htmlFor={`${id}most`}>{say('most')}</FieldLabel>
        <FigureBox id={`${id}most`} place="form" value={typeof options['most'] === 'number' ? options['most'] : null} onChange={(most) => onChange({ ...options, most: most ?? undefined })} />
      </div>
      <div>
        <FieldLabel htmlFor={`${id}delete`}>{say('on_delete')}</FieldLabel>
        <Select<(typeof ways)[number]>
          className={styles.full ?? ''}
          id={`${id}delete`}
          value={options.on_delete === 'restrict' ? 'restrict' : 'clear'}
          options={ways.map((value) => ({ value, label: say(value) }))}
          onChange={(on_delete: (typeof ways)[number]) => onChange({ ...options, on_delete })}
        />
      </div>
    </div>
  )
}
