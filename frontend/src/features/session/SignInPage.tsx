/** Signing in by e-mail and password; afterwards one stands where one wanted to go. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input } from 'antd'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { problemText } from '@/api/problem'
import { useSetup, useSignIn } from '@/api/session'
import type { Setup } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { PersonAvatar } from '@/ui/Avatar'
import { FrontDoor } from './FrontDoor'
import { wayIn } from './way_in'
import styles from './SignInPage.module.css'

const useText = defineMessages('sign-in', {
  'zh-CN': {
    title: '登录',
    host: '{{host}} · 私有部署',
    email: '邮箱',
    password: '密码',
    signIn: '登录',
    emailMissing: '请填写邮箱。',
    passwordMissing: '请填写密码。',
    forgotten: '忘记密码请找管理员重设。',
    demo: '演示账号，点一下就登录',
    demoAs: '以 {{role}} 登录',
  },
  en: {
    title: 'Sign in',
    host: '{{host}} · self-hosted',
    email: 'E-mail',
    password: 'Password',
    signIn: 'Sign in',
    emailMissing: 'Enter your e-mail.',
    passwordMissing: 'Enter your password.',
    forgotten: 'Forgot it? An administrator can set a new one.',
    demo: 'Demo sign-ins, one click each',
    demoAs: 'Sign in as {{role}}',
  },
})

export function SignInPage() {
  const say = useText()
  const navigate = useNavigate()
  const [parameters] = useSearchParams()
  const setup = useSetup().data
  const signIn = useSignIn()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const next = wayIn(parameters.get('next'))

  if (setup?.needed) return <Navigate to="/set-up" replace />

  function enter(as: { email: string; password: string }): void {
    signIn.mutate(as, { onSuccess: () => void navigate(next, { replace: true }) })
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    const lacking = {
      ...(email.trim() === '' ? { email: say('emailMissing') } : {}),
      ...(password === '' ? { password: say('passwordMissing') } : {}),
    }
    setMissing(lacking)
    const [first] = Object.keys(lacking)
    if (first) document.getElementById(first)?.focus()
    else enter({ email: email.trim(), password })
  }
  const refusal = signIn.error ? problemText(signIn.error) : null

  return (
    <FrontDoor title={say('title')} text={say('host', { host: window.location.host })}>
      <form onSubmit={submit} noValidate>
        <div className={styles.field}>
          <FieldLabel htmlFor="email">{say('email')}</FieldLabel>
          <Input
            id="email"
            type="email"
            size="large"
            autoFocus
            autoComplete="username"
            value={email}
            status={missing.email ? 'error' : ''}
            aria-describedby="email-error"
            onChange={(event) => setEmail(event.target.value)}
          />
          <FieldError id="email-error">{missing.email}</FieldError>
        </div>
        <div className={styles.field}>
          <FieldLabel htmlFor="password">{say('password')}</FieldLabel>
          <Input.Password
            id="password"
            size="large"
            autoComplete="current-password"
            value={password}
            status={missing.password || refusal ? 'error' : ''}
            aria-describedby="password-error"
            onChange={(event) => setPassword(event.target.value)}
          />
          <FieldError id="password-error">{missing.password ?? refusal}</FieldError>
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={signIn.isPending}>
          {say('signIn')}
        </Button>
        <p className={styles.note}>{say('forgotten')}</p>
      </form>
      {setup?.demo && setup.demo_sign_ins.length > 0 && <DemoSignIns signIns={setup.demo_sign_ins} onChoose={enter} />}
    </FrontDoor>
  )
}

function DemoSignIns({ signIns, onChoose }: { signIns: Setup['demo_sign_ins']; onChoose: (as: { email: string; password: string }) => void }) {
  const say = useText()
  const label = useLabel()
  return (
    <section className={styles.demo}>
      <h2 className={styles.or}>
        <span>{say('demo')}</span>
      </h2>
      <ul>
        {signIns.map(({ email, password, role }) => (
          <li key={email}>
            <button type="button" className={styles.person} aria-label={say('demoAs', { role: `${label(role)} ${email}` })} onClick={() => onChoose({ email, password })}>
              <PersonAvatar id={email} name={label(role)} size={24} />
              <span className={styles.words}>
                <span>{label(role)}</span>
                <span className={styles.email}>{email}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
