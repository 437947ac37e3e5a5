/** No page lives at this address. */
import { Link } from 'react-router'
import { MapPinOff } from 'lucide-react'
import { defineMessages } from '@/lib/i18n'
import { NothingMatches } from '@/ui/faces'
import { Panel } from '@/ui/Panel'

const useText = defineMessages('not-found', {
  'zh-CN': { name: '找不到', title: '这个地址没有页面', text: '链接可能写错了，或者内容已经移走。', home: '回到首页' },
  en: { name: 'Not found', title: 'There is no page here', text: 'The link may be mistyped, or what it led to has moved.', home: 'Go to the start page' },
})

export function NotFound() {
  const say = useText()
  return (
    <Panel title={say('name')} pageTitle={say('title')}>
      <NothingMatches icon={<MapPinOff size={20} />} title={say('title')} text={say('text')}>
        <Link to="/">{say('home')}</Link>
      </NothingMatches>
    </Panel>
  )
}
