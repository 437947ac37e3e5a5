/** The first visit: the code printed at the start, and who becomes the administrator. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Segmented } from 'antd'
import { Navigate, useNavigate } from 'react-router'
import { Problem } from '@/api/problem'
import { useSetUp, useSetup } from '@/api/session'
import { chooseLocale, defineMessages, useLocale } from '@/lib/i18n'
import type { Locale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { ErrorSummary } from '@/ui/ErrorSummary'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { FrontDoor } from './FrontDoor'
import styles from './SignInPage.module.css'

const useText = defineMessages('set-up', {
  'zh-CN': {
    title: '初始设置',
    text: '创建第一位管理员。之后由管理员添加其他人。',
    code: '设置码',
    codeHelp: '启动服务的窗口里打印的一次性代码，形如 ABCD-EFGH-IJKL-MNOP。',
    name: '姓名',
    email: '邮箱',
    password: '密码',
    passwordHelp: '至少 8 个字符，别用常见密码。',
    locale: '界面语言',
    create: '创建管理员并进入',
    missing: '请填写{{field}}。',
  },
  en: {
    title: 'Set up',
    text: 'Make the first administrator, who then adds everybody else.',
    code: 'Set-up code',
    codeHelp: 'The one-time code printed in the window where the server was started, like ABCD-EFGH-IJKL-MNOP.',
    name: 'Name',
    email: 'E-mail',
    password: 'Password',
    passwordHelp: 'At least 8 characters, and not a common one.',
    locale: 'Language',
    create: 'Make administrator and enter',
    missing: 'Enter: {{field}}.',
  },
})

const names = ['code', 'name', 'email', 'password'] as const
type Name = (typeof names)[number]
type Texts = Record<Name, string>

export function SetUpPage() {
  const say = useText()
  const locale = useLocale()
  const navigate = useNavigate()
  const setup = useSetup().data
  const setUp = useSetUp()
  const [values, setValues] = useState<Texts>({ code: '', name: '', email: '', password: '' })
  const [missing, setMissing] = useState<Partial<Texts>>({})

  if (setup && !setup.needed && !setUp.isSuccess) return <Navigate to="/sign-in" replace />

  const refused = setUp.error instanceof Problem ? setUp.error : null
  const blamed = refused?.code === 'wrong_setup_code' ? { code: refused.message } : (refused?.byField() ?? {})
  const errors: Partial<Record<string, string>> = { ...blamed, ...missing }
  const unplaced = refused && Object.keys(blamed).every((name) => !names.includes(name as Name)) ? [{ message: refused.message }] : []

  function submit(event: FormEvent): void {
    event.preventDefault()
    const lacking = Object.fromEntries(names.filter((name) => values[name].trim() === '').map((name) => [name, say('missing', { field: say(name) })]))
    setMissing(lacking)
    const [first] = Object.keys(lacking)
    if (first) {
      document.getElementById(first)?.focus()
      return
    }
    setUp.mutate({ ...values, code: values.code.trim(), email: values.email.trim(), locale }, { onSuccess: () => void navigate('/', { replace: true }) })
  }
  function shared(name: Name) {
    return {
      id: name,
      size: 'large' as const,
      value: values[name],
      status: errors[name] ? ('error' as const) : ('' as const),
      'aria-describedby': `${name}-help ${name}-error`,
      onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    }
  }

  return (
    <FrontDoor title={say('title')} text={say('text')}>
      <form onSubmit={submit} noValidate>
        <ErrorSummary errors={unplaced} />
        <div className={styles.field}>
          <FieldLabel htmlFor="code" help={say('codeHelp')} helpId="code-help">
            {say('code')}
          </FieldLabel>
          <Input {...shared('code')} autoFocus autoComplete="one-time-code" spellCheck={false} />
          <FieldError id="code-error">{errors['code']}</FieldError>
        </div>
        <div className={styles.field}>
          <FieldLabel htmlFor="name">{say('name')}</FieldLabel>
          <Input {...shared('name')} autoComplete="name" />
          <FieldError id="name-error">{errors['name']}</FieldError>
        </div>
        <div className={styles.field}>
          <FieldLabel htmlFor="email">{say('email')}</FieldLabel>
          <Input {...shared('email')} type="email" autoComplete="username" />
          <FieldError id="email-error">{errors['email']}</FieldError>
        </div>
        <div className={styles.field}>
          <FieldLabel htmlFor="password" help={say('passwordHelp')} helpId="password-help">
            {say('password')}
          </FieldLabel>
          <Input.Password {...shared('password')} autoComplete="new-password" />
          <FieldError id="password-error">{errors['password']}</FieldError>
        </div>
        <div className={styles.field}>
          <FieldLabel id="locale-label">{say('locale')}</FieldLabel>
          <Segmented<Locale>
            block
            aria-labelledby="locale-label"
            value={locale}
            onChange={chooseLocale}
            options={[
              { value: 'zh-CN', label: '简体中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={setUp.isPending}>
          {say('create')}
        </Button>
      </form>
    </FrontDoor>
  )
}
