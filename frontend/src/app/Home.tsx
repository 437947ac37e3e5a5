/** The start: the first list of the application, or what to do where there is none yet. */
import { Boxes } from 'lucide-react'
import { Navigate, useNavigate } from 'react-router'
import { useApps, useCatalog } from '@/api/objects'
import { useMe } from '@/api/session'
import { defineMessages } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { Failed, FirstUse, LoadingRows } from '@/ui/faces'
import { Panel } from '@/ui/Panel'
import { useNavigation } from './navigation/useNavigation'

const useText = defineMessages('home', {
  'zh-CN': {
    title: '首页',
    empty: '这里还没有你能看的数据',
    emptyDesign: '从定义第一种数据开始，比如客户或项目。',
    emptyAsk: '请管理员给你一个能看数据的角色。',
    design: '添加数据',
  },
  en: {
    title: 'Start',
    empty: 'There is no data for you yet',
    emptyDesign: 'Begin with the first kind of data, such as accounts or projects.',
    emptyAsk: 'Ask an administrator for a role that may see data.',
    design: 'Add data',
  },
})

export function Home() {
  const say = useText()
  const navigate = useNavigate()
  const me = useMe().data
  const catalog = useCatalog()
  const apps = useApps()
  const { groups } = useNavigation()
  const first = apps.isPending ? undefined : groups[0]?.objects[0]
  if (first) return <Navigate to={`/o/${first.name}`} replace />
  const error = catalog.error ?? apps.error
  return (
    <Panel title={say('title')}>
      {error ? (
        <Failed problem={error} onRetry={() => void Promise.all([catalog.refetch(), apps.refetch()])} />
      ) : catalog.isPending || apps.isPending ? (
        <LoadingRows />
      ) : (
        <FirstUse
          icon={<Boxes size={20} />}
          title={say('empty')}
          text={say(me?.rights.design ? 'emptyDesign' : 'emptyAsk')}
          actions={
            me?.rights.design && (
              <Button type="primary" onClick={() => void navigate('/settings/objects')}>
                {say('design')}
              </Button>
            )
          }
        />
      )}
    </Panel>
  )
}
