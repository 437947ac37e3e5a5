/** Changing one's own password; every other device is signed out by it. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input } from 'antd'
import { useMutation } from '@tanstack/react-query'
import { Problem, problemText } from '@/api/problem'
import { changePassword } from '@/api/session'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { toast } from '@/ui/toast'
import styles from './OwnPage.module.css'

const useText = defineMessages('own-password', {
  'zh-CN': {
    title: '密码',
    current: '现在的密码',
    new: '新密码',
    newHelp: '至少 8 个字符。改完后，其他设备上的登录会退出。',
    change: '修改密码',
    currentMissing: '请填写现在的密码。',
    newMissing: '请填写新密码。',
    changed: '密码已修改，其他设备已退出登录',
  },
  en: {
    title: 'Password',
    current: 'Present password',
    new: 'New password',
    newHelp: 'At least 8 characters. All other devices are signed out.',
    change: 'Change password',
    currentMissing: 'Enter your present password.',
    newMissing: 'Enter a new password.',
    changed: 'Password changed; other devices are signed out',
  },
})
const names = ['current', 'new'] as const

export function PasswordForm({ email }: { email: string }) {
  const say = useText()
  const [values, setValues] = useState({ current: '', new: '' })
  const [missing, setMissing] = useState<Record<string, string>>({})
  const change = useMutation({ mutationFn: changePassword })
  const refused = change.error instanceof Problem ? change.error.byField() : {}
  const errors: Record<string, string> = { ...refused, ...missing }
  const unplaced = change.error && !names.some((name) => refused[name]) ? problemText(change.error) : null

  function submit(event: FormEvent): void {
    event.preventDefault()
    const lacking = {
      ...(values.current === '' ? { current: say('currentMissing') } : {}),
      ...(values.new === '' ? { new: say('newMissing') } : {}),
    }
    setMissing(lacking)
    const [first] = Object.keys(lacking)
    if (first) {
      document.getElementById(`password-${first}`)?.focus()
      return
    }
    change.mutate(values, {
      onSuccess: () => {
        setValues({ current: '', new: '' })
        toast.show({ text: say('changed'), tone: 'success' })
      },
      onError: (problem) => {
        const [blamed] = problem instanceof Problem ? Object.keys(problem.byField()) : []
        document.getElementById(`password-${blamed ?? 'current'}`)?.focus()
      },
    })
  }

  return (
    <section className={styles.section} aria-labelledby="own-password">
      <h2 id="own-password">{say('title')}</h2>
      <form className={styles.form} onSubmit={submit} noValidate>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        {names.map((name) => (
          <div key={name}>
            <FieldLabel htmlFor={`password-${name}`} help={name === 'new' ? say('newHelp') : undefined} helpId={`password-${name}-help`}>
              {say(name)}
            </FieldLabel>
            <Input.Password
              id={`password-${name}`}
              value={values[name]}
              autoComplete={name === 'current' ? 'current-password' : 'new-password'}
              status={errors[name] ? 'error' : ''}
              aria-describedby={`password-${name}-help password-${name}-error`}
              onChange={(event) => setValues({ ...values, [name]: event.target.value })}
            />
            <FieldError id={`password-${name}-error`}>{errors[name]}</FieldError>
          </div>
        ))}
        <FieldError>{unplaced}</FieldError>
        <Button htmlType="submit" loading={change.isPending}>
          {say('change')}
        </Button>
      </form>
    </section>
  )
}
