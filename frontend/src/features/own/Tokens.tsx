/** Tokens with which programs act as this person. The secret is shown once. */
import { useState } from 'react'
import type { FormEvent } from 'react'
import { Input, Select } from 'antd'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, KeyRound, Trash2 } from 'lucide-react'
import { keys } from '@/api/keys'
import { problemText } from '@/api/problem'
import { createToken, deleteToken, useTokens } from '@/api/session'
import type { ApiToken } from '@/api/types'
import { isoDate, proseMoment } from '@/lib/format'
import { defineMessages, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { confirm } from '@/ui/confirm'
import { FieldError } from '@/ui/FieldError'
import { FieldLabel } from '@/ui/FieldLabel'
import { Failed } from '@/ui/faces'
import { toast } from '@/ui/toast'
import styles from './OwnPage.module.css'

const useText = defineMessages('own-tokens', {
  'zh-CN': {
    title: '访问令牌',
    text: '让程序以你的身份使用接口，权限与你相同。',
    name: '用途',
    placeholder: '例如：报表脚本',
    nameMissing: '请写明令牌的用途。',
    expires: '有效期',
    days: '{{count}} 天',
    never: '长期有效',
    create: '新建令牌',
    once: '请现在复制，离开后不再显示。',
    copy: '复制',
    copied: '令牌已复制',
    created: '{{at}}创建',
    used: '最近使用 {{at}}',
    unused: '还没用过',
    until: '{{date}} 到期',
    expired: '已过期',
    delete: '删除令牌',
    deleteAsk: '删除令牌“{{name}}”？',
    deleteText: '用它的程序会立刻不能再访问。',
    keep: '保留',
    none: '还没有令牌。',
  },
  en: {
    title: 'Access tokens',
    text: 'Let programs use the interface as you, with your rights.',
    name: 'What for',
    placeholder: 'For example: report script',
    nameMissing: 'Say what the token is for.',
    expires: 'Valid for',
    days: '{{count}} days',
    never: 'Without end',
    create: 'New token',
    once: 'Copy it now. It will not be shown again.',
    copy: 'Copy',
    copied: 'Token copied',
    created: 'Made {{at}}',
    used: 'last used {{at}}',
    unused: 'never used',
    until: 'until {{date}}',
    expired: 'expired',
    delete: 'Delete token',
    deleteAsk: 'Delete the token “{{name}}”?',
    deleteText: 'Programs that use it lose access at once.',
    keep: 'Keep',
    none: 'No tokens yet.',
  },
})
const periods = [30, 90, 365] as const

export function Tokens() {
  const say = useText()
  const client = useQueryClient()
  const tokens = useTokens()
  const [name, setName] = useState('')
  const [period, setPeriod] = useState<number>(90)
  const [error, setError] = useState<string | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const create = useMutation({
    mutationFn: createToken,
    onSuccess: (token) => {
      setSecret(token.token)
      setName('')
      void client.invalidateQueries({ queryKey: keys.tokens })
    },
    onError: (problem) => setError(problemText(problem)),
  })

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() === '') {
      setError(say('nameMissing'))
      document.getElementById('token-name')?.focus()
      return
    }
    const until = new Date(Date.now() + period * 86_400_000)
    create.mutate({ name: name.trim(), ...(period > 0 ? { expires_at: until.toISOString() } : {}) })
  }

  return (
    <section className={styles.section} aria-labelledby="own-tokens">
      <h2 id="own-tokens">{say('title')}</h2>
      <div className={styles.content}>
        <p className={styles.quiet}>{say('text')}</p>
        {secret && (
          <div>
            <div className={styles.secret} role="status">
              <code>{secret}</code>
              <Button
                icon={<Copy size={14} />}
                onClick={() => void navigator.clipboard?.writeText(secret).then(() => toast.show({ text: say('copied') }))}
              >
                {say('copy')}
              </Button>
            </div>
            <p className={styles.quiet}>{say('once')}</p>
          </div>
        )}
        {tokens.error && <Failed problem={tokens.error} onRetry={() => void tokens.refetch()} />}
        {tokens.data && tokens.data.length > 0 && (
          <ul className={styles.tokens}>
            {tokens.data.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </ul>
        )}
        {tokens.data?.length === 0 && <p className={styles.quiet}>{say('none')}</p>}
        <form className={styles.form} onSubmit={submit} noValidate>
          <div>
            <FieldLabel htmlFor="token-name">{say('name')}</FieldLabel>
            <Input
              id="token-name"
              value={name}
              placeholder={say('placeholder')}
              status={error ? 'error' : ''}
              aria-describedby="token-name-error"
              onChange={(event) => {
                setName(event.target.value)
                setError(null)
              }}
            />
            <FieldError id="token-name-error">{error}</FieldError>
          </div>
          <div>
            <FieldLabel htmlFor="token-period">{say('expires')}</FieldLabel>
            <Select
              id="token-period"
              value={period}
              onChange={setPeriod}
              style={{ width: 180 }}
              options={[...periods.map((count) => ({ value: count as number, label: say('days', { count }) })), { value: 0, label: say('never') }]}
            />
          </div>
          <Button htmlType="submit" icon={<KeyRound size={16} />} loading={create.isPending}>
            {say('create')}
          </Button>
        </form>
      </div>
    </section>
  )
}

function TokenLine({ token }: { token: ApiToken }) {
  const say = useText()
  const locale = useLocale()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteToken(token.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tokens }),
    onError: (problem) => toast.show({ text: problemText(problem), tone: 'danger' }),
  })
  const facts = [
    `${token.prefix}…`,
    say('created', { at: proseMoment(token.created_at, locale) }),
    token.last_used_at ? say('used', { at: proseMoment(token.last_used_at, locale) }) : say('unused'),
    token.expires_at && (new Date(token.expires_at) < new Date() ? say('expired') : say('until', { date: isoDate(new Date(token.expires_at)) })),
  ]
  async function ask(): Promise<void> {
    const agreed = await confirm({ title: say('deleteAsk', { name: token.name }), body: say('deleteText'), verb: say('delete'), keep: say('keep'), danger: true })
    if (agreed) remove.mutate()
  }
  return (
    <li className={styles.token}>
      <div className={styles.words}>
        <div>{token.name}</div>
        <div className={styles.quiet}>{facts.filter(Boolean).join(' · ')}</div>
      </div>
      <Button type="text" icon={<Trash2 size={16} />} aria-label={`${say('delete')} ${token.name}`} onClick={() => void ask()} />
    </li>
  )
}
