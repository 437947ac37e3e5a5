/** One's own profile, how the app looks, the password, and tokens for programs. */
import { useState } from 'react'
import { Input, Segmented, Switch } from 'antd'
import { UserRound } from 'lucide-react'
import { problemText } from '@/api/problem'
import { useChangeMe, useMe } from '@/api/session'
import type { Me, Preferences } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { PersonAvatar } from '@/ui/Avatar'
import { Button } from '@/ui/Button'
import { Chip } from '@/ui/Chip'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { Panel } from '@/ui/Panel'
import { toast } from '@/ui/toast'
import { PasswordForm } from './PasswordForm'
import { Tokens } from './Tokens'
import styles from './OwnPage.module.css'

const useText = defineMessages('own', {
  'zh-CN': {
    title: '我的设置',
    profile: '个人',
    name: '姓名',
    nameMissing: '请填写姓名。',
    save: '保存',
    saved: '已保存',
    look: '界面',
    language: '语言',
    theme: '深浅',
    light: '浅色',
    dark: '深色',
    system: '跟随系统',
    density: '疏密',
    compact: '紧凑',
    standard: '标准',
    relaxed: '宽松',
    contrast: '更明显的边框',
    contrastHelp: '输入框和按钮的边框更深，更容易辨认。',
    keys: '单字母快捷键',
    keysHelp: '例如按 C 新建。按 ? 看全部快捷键。',
  },
  en: {
    title: 'My settings',
    profile: 'Profile',
    name: 'Name',
    nameMissing: 'Enter your name.',
    save: 'Save',
    saved: 'Saved',
    look: 'Appearance',
    language: 'Language',
    theme: 'Theme',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    density: 'Density',
    compact: 'Compact',
    standard: 'Standard',
    relaxed: 'Relaxed',
    contrast: 'Stronger outlines',
    contrastHelp: 'Fields and buttons get darker outlines that are easier to see.',
    keys: 'Single-letter shortcuts',
    keysHelp: 'For example C for new. Press ? for all of them.',
  },
})

export function OwnPage() {
  const say = useText()
  const me = useMe().data
  return (
    <Panel title={say('title')} icon={<UserRound size={16} />}>
      {me && (
        <div className={styles.page}>
          <Profile me={me} />
          <Look me={me} />
          <PasswordForm email={me.person.email} />
          <Tokens />
        </div>
      )}
    </Panel>
  )
}

function Profile({ me }: { me: Me }) {
  const say = useText()
  const label = useLabel()
  const change = useChangeMe()
  const { person } = me
  const [name, setName] = useState(person.name)
  const [error, setError] = useState<string | null>(null)

  function save(): void {
    if (name.trim() === '') {
      setError(say('nameMissing'))
      document.getElementById('own-name')?.focus()
      return
    }
    change.mutate(
      { name: name.trim() },
      { onSuccess: () => toast.show({ text: say('saved'), tone: 'success' }), onError: (problem) => setError(problemText(problem)) },
    )
  }

  return (
    <section className={styles.section} aria-labelledby="own-profile">
      <h2 id="own-profile">{say('profile')}</h2>
      <div className={styles.content}>
        <div className={styles.person}>
          <PersonAvatar id={person.id} name={person.name} size={48} />
          <div>
            <div className={styles.name}>{person.name}</div>
            <div className={styles.quiet}>{[person.email, person.department?.name].filter(Boolean).join(' · ')}</div>
            <div className={styles.roles}>
              {person.roles.map((role) => (
                <Chip key={role.id}>{label(role.name)}</Chip>
              ))}
            </div>
          </div>
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            save()
          }}
        >
          <FieldLabel htmlFor="own-name">{say('name')}</FieldLabel>
          <div className={styles.line}>
            <Input
              id="own-name"
              value={name}
              autoComplete="name"
              status={error ? 'error' : ''}
              onChange={(event) => {
                setName(event.target.value)
                setError(null)
              }}
            />
            <Button htmlType="submit" loading={change.isPending}>
              {say('save')}
            </Button>
          </div>
          <FieldError>{error}</FieldError>
        </form>
      </div>
    </section>
  )
}

function Look({ me }: { me: Me }) {
  const say = useText()
  const { mutate } = useChangeMe()
  const { preferences, person } = me
  const onError = (problem: unknown) => toast.show({ text: problemText(problem), tone: 'danger' })
  const prefer = (changes: Preferences) => mutate({ preferences: changes }, { onError })
  return (
    <section className={styles.section} aria-labelledby="own-look">
      <h2 id="own-look">{say('look')}</h2>
      <div className={styles.content}>
        <div>
          <FieldLabel id="own-language">{say('language')}</FieldLabel>
          <Segmented<Locale>
            aria-labelledby="own-language"
            value={person.locale ?? me.workspace.locale}
            onChange={(locale) => mutate({ locale }, { onError })}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <div>
          <FieldLabel id="own-theme">{say('theme')}</FieldLabel>
          <Segmented<NonNullable<Preferences['theme']>>
            aria-labelledby="own-theme"
            value={preferences.theme ?? 'system'}
            onChange={(theme) => prefer({ theme })}
            options={(['light', 'dark', 'system'] as const).map((value) => ({ value, label: say(value) }))}
          />
        </div>
        <div>
          <FieldLabel id="own-density">{say('density')}</FieldLabel>
          <Segmented<NonNullable<Preferences['density']>>
            aria-labelledby="own-density"
            value={preferences.density ?? 'standard'}
            onChange={(density) => prefer({ density })}
            options={(['compact', 'standard', 'relaxed'] as const).map((value) => ({ value, label: say(value) }))}
          />
        </div>
        <label className={styles.switch}>
          <Switch
            size="small"
            checked={preferences.contrast === 'more'}
            onChange={(isOn) => prefer({ contrast: isOn ? 'more' : 'normal' })}
          />
          <span>
            {say('contrast')}
            <span className={styles.quiet}>{say('contrastHelp')}</span>
          </span>
        </label>
        <label className={styles.switch}>
          <Switch size="small" checked={preferences.single_keys !== false} onChange={(isOn) => prefer({ single_keys: isOn })} />
          <span>
            {say('keys')}
            <span className={styles.quiet}>{say('keysHelp')}</span>
          </span>
        </label>
      </div>
    </section>
  )
}
