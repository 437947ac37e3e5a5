/** Offers a newer version of the app once it has been fetched; nobody is interrupted by it. */
import { useEffect, useState } from 'react'
import { registerSW } from 'virtual:pwa-register'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import styles from './UpdatePrompt.module.css'

const useText = defineMessages('update-prompt', {
  'zh-CN': { ready: '有新版本', reload: '刷新使用', later: '稍后' },
  en: { ready: 'A new version is here', reload: 'Reload', later: 'Later' },
})

export function UpdatePrompt() {
  const say = useText()
  const [update, setUpdate] = useState<(() => void) | null>(null)
  useEffect(() => {
    const apply = registerSW({ onNeedRefresh: () => setUpdate(() => () => void apply(true)) })
  }, [])
  if (!update) return null
  return (
    <div className={styles.prompt} role="status">
      <span>{say('ready')}</span>
      <Button size="small" type="primary" onClick={update}>
        {say('reload')}
      </Button>
      <Button size="small" type="text" onClick={() => setUpdate(null)}>
        {say('later')}
      </Button>
    </div>
  )
}
