/** What the workspace is called, for administrators; zone and currency as they were set when it was made. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input } from 'antd'
import { Building2 } from 'lucide-react'
import { problemText } from '@/api/problem'
import { useChangeWorkspace, useMe } from '@/api/session'
import type { Label, Me } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { LoadingRows, NoAccess } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import styles from './WorkspacePage.module.css'

const useText = defineMessages('workspace', {
  'zh-CN': {
    title: '工作区',
    name: '公司名称',
    nameHelp: '大家在导航里看到的名称。可以只填一种语言。',
    zh: '中文',
    en: '英文',
    missing: '至少用一种语言填写名称。',
    save: '保存',
    saved: '已保存',
    facts: '基本信息',
    zone: '时区',
    zoneHelp: '“今天”“本月”按这个时区算。建立工作区时确定。',
    currency: '本位币',
  },
  en: {
    title: 'Workspace',
    name: 'Company name',
    nameHelp: 'The name everybody sees in the navigation. One language is enough.',
    zh: 'Chinese',
    en: 'English',
    missing: 'Enter the name in at least one language.',
    save: 'Save',
    saved: 'Saved',
    facts: 'Facts',
    zone: 'Time zone',
    zoneHelp: '“Today” and “this month” are of this zone. Set when the workspace was made.',
    currency: 'Currency',
  },
})
const languages = ['zh-CN', 'en'] as const

export function WorkspacePage() {
  const say = useText()
  const me = useMe().data
  return (
    <Panel title={say('title')} icon={<Building2 size={16} aria-hidden />}>
      {!me ? (
        <LoadingRows columns={1} />
      ) : me.person.is_administrator ? (
        <div className={styles.page}>
          <Name workspace={me.workspace} />
          <Facts workspace={me.workspace} />
        </div>
      ) : (
        <NoAccess />
      )}
    </Panel>
  )
}

function Name({ workspace }: { workspace: Me['workspace'] }) {
  const say = useText()
  const change = useChangeWorkspace()
  const [label, setLabel] = useState<Label>(workspace.label)
  const [error, setError] = useState<string | null>(null)
  const tidy = Object.fromEntries(languages.flatMap((one) => (label[one]?.trim() ? [[one, label[one].trim()]] : []))) as Label

  function save(event: FormEvent): void {
    event.preventDefault()
    if (Object.keys(tidy).length === 0) {
      setError(say('missing'))
      document.getElementById('workspace-zh-CN')?.focus()
      return
    }
    change.mutate(tidy, {
      onSuccess: () => toast.show({ text: say('saved'), tone: 'success' }),
      onError: (problem) => setError(problemText(problem)),
    })
  }

  return (
    <section className={styles.section} aria-labelledby="workspace-name">
      <h2 id="workspace-name">{say('name')}</h2>
      <form className={styles.form} onSubmit={save}>
        <p className={styles.quiet}>{say('nameHelp')}</p>
        {languages.map((one) => (
          <div key={one}>
            <FieldLabel htmlFor={`workspace-${one}`}>{say(one === 'en' ? 'en' : 'zh')}</FieldLabel>
            <Input
              id={`workspace-${one}`}
              lang={one}
              maxLength={100}
              value={label[one] ?? ''}
              status={error ? 'error' : ''}
              onChange={(event) => {
                setLabel({ ...label, [one]: event.target.value })
                setError(null)
              }}
            />
          </div>
        ))}
        <FieldError>{error}</FieldError>
        <Button type="primary" htmlType="submit" loading={change.isPending} disabled={languages.every((one) => tidy[one] === workspace.label[one])}>
          {say('save')}
        </Button>
      </form>
    </section>
  )
}

function Facts({ workspace }: { workspace: Me['workspace'] }) {
  const say = useText()
  return (
    <section className={styles.section} aria-labelledby="workspace-facts">
      <h2 id="workspace-facts">{say('facts')}</h2>
      <dl className={styles.facts}>
        <dt>{say('zone')}</dt>
        <dd>
          {workspace.time_zone} <span className={styles.quiet}>{say('zoneHelp')}</span>
        </dd>
        <dt>{say('currency')}</dt>
        <dd>{workspace.currency}</dd>
      </dl>
    </section>
  )
}
