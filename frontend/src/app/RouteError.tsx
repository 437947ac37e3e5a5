/** A page that fell over: what happened, and ways on. The navigation beside it still works. */
import { useRouteError } from 'react-router'
import { RotateCw } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed } from '@/ui/faces'
import { Panel } from '@/ui/Panel'

const useText = defineMessages('route-error', {
  'zh-CN': { title: '这个页面出错了', reload: '重新加载' },
  en: { title: 'This page fell over', reload: 'Reload' },
})

export function RouteError() {
  const say = useText()
  const error = useRouteError()
  return (
    <Panel title={say('title')}>
      <Failed
        problem={error}
        title={say('title')}
        actions={
          <Button icon={<RotateCw size={16} />} onClick={() => window.location.reload()}>
            {say('reload')}
          </Button>
        }
      />
    </Panel>
  )
}
