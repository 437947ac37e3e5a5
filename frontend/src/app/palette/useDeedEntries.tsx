/** Deeds: first those on the best record found, then what can be done from everywhere. */
import { Copy, Keyboard, Plus, SunMoon, Upload } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useObjects } from '@/api/objects'
import { useChangeMe } from '@/api/session'
import type { ObjectDefinition } from '@/api/types'
import { defineMessages, useLabel } from '@/lib/i18n'
import { useAppearance } from '@/ui/appearance'
import { toast } from '@/ui/toast'
import { useShell } from '../shell_context'
import { matches } from './entries'
import type { Entry } from './entries'

const useText = defineMessages('palette-deeds', {
  'zh-CN': {
    create: '新建{{object}}',
    createFor: '给 {{name}} 新建{{object}}',
    copy: '复制 {{name}} 的链接',
    copied: '链接已复制',
    import: '导入{{object}}',
    dark: '切换到深色',
    light: '切换到浅色',
    keys: '快捷键',
  },
  en: {
    create: 'New {{object}}',
    createFor: 'New {{object}} for {{name}}',
    copy: 'Copy the link of {{name}}',
    copied: 'Link copied',
    import: 'Import {{object}}',
    dark: 'Switch to dark',
    light: 'Switch to light',
    keys: 'Keyboard shortcuts',
  },
})

export function useDeedEntries(question: string, best: Entry | undefined, narrowed: ObjectDefinition | null): Entry[] {
  const say = useText()
  const label = useLabel()
  const navigate = useNavigate()
  const shell = useShell()
  const objects = useObjects()
  const { mutate } = useChangeMe()
  const { theme } = useAppearance()
  const mine = objects.filter((object) => object.rights.see && (!narrowed || object.name === narrowed.name))

  const onBest: Entry[] = []
  if (best?.object && question !== '') {
    const { object, name, key } = best
    const id = key.slice(object.name.length + 1)
    for (const related of object.related) {
      const child = objects.find((each) => each.name === related.object)
      if (!child?.rights.create) continue
      onBest.push({
        key: `create:${related.object}:${related.field}`,
        icon: <Plus size={16} aria-hidden />,
        name: say('createFor', { name, object: label(child.label) }),
        open: () => shell.create(child.name, { [related.field]: { id, name } }),
      })
    }
    onBest.push({
      key: 'copy',
      icon: <Copy size={16} aria-hidden />,
      name: say('copy', { name }),
      open: () =>
        void navigator.clipboard?.writeText(`${window.location.origin}/o/${object.name}/${id}`).then(() => toast.show({ text: say('copied') })),
    })
  }

  const general: Entry[] = [
    ...mine
      .filter((object) => object.rights.create)
      .map((object) => ({
        key: `new:${object.name}`,
        icon: <Plus size={16} aria-hidden />,
        name: say('create', { object: label(object.label) }),
        open: () => shell.create(object.name),
      })),
    ...mine
      .filter((object) => object.rights.import)
      .map((object) => ({
        key: `import:${object.name}`,
        icon: <Upload size={16} aria-hidden />,
        name: say('import', { object: label(object.plural_label) }),
        open: () => void navigate(`/imports/new?object=${object.name}`),
      })),
    ...(narrowed
      ? []
      : [
          {
            key: 'theme',
            icon: <SunMoon size={16} aria-hidden />,
            name: say(theme === 'dark' ? 'light' : 'dark'),
            open: () => mutate({ preferences: { theme: theme === 'dark' ? ('light' as const) : ('dark' as const) } }),
          },
          { key: 'keys', icon: <Keyboard size={16} aria-hidden />, name: say('keys'), open: shell.openKeys },
        ]),
  ]
  return [...onBest, ...general.filter((entry) => matches(question, entry.name))]
}
