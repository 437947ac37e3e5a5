/** A question that needs an answer now: the title asks, the buttons are verbs, focus lies on the safe one. */
import { useState, useSyncExternalStore } from 'react'
import { Input } from 'antd'
import { defineMessages } from '@/lib/i18n'
import { Button } from './Button'
import { askedQuestion } from './confirm'
import type { Question } from './confirm'
import { Dialog } from './Dialog'
import styles from './ConfirmDialog.module.css'

export { confirm } from './confirm'

const useText = defineMessages('confirm', {
  'zh-CN': { cancel: '取消', type: '输入“{{name}}”以确认' },
  en: { cancel: 'Cancel', type: 'Type “{{name}}” to confirm' },
})

export function ConfirmDialog({ title, body, verb, keep, danger = false, typed, onAnswer }: Question & { onAnswer: (agreed: boolean) => void }) {
  const say = useText()
  const [text, setText] = useState('')
  const mayAct = typed === undefined || text.trim() === typed
  return (
    <Dialog open centered width={520} title={title} closable={false} onCancel={() => onAnswer(false)} footer={null} destroyOnHidden>
      <div data-blocks-keys>
        {body && <div className={styles.body}>{body}</div>}
        {typed !== undefined && (
          <label className={styles.typed}>
            <span>{say('type', { name: typed })}</span>
            <Input value={text} onChange={(event) => setText(event.target.value)} autoFocus />
          </label>
        )}
        <div className={styles.buttons}>
          <Button autoFocus={typed === undefined} onClick={() => onAnswer(false)}>
            {keep ?? say('cancel')}
          </Button>
          <Button type="primary" danger={danger} disabled={!mayAct} onClick={() => onAnswer(true)}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Shows what `confirm` asks; stands once in the app. */
export function ConfirmHost() {
  const question = useSyncExternalStore(askedQuestion.subscribe, askedQuestion.now)
  if (!question) return null
  const { answer, ...rest } = question
  return <ConfirmDialog {...rest} onAnswer={answer} />
}
