/** The page before one is inside: the form at the left, the product in one picture at the right. */
import type { ReactNode } from 'react'
import { Languages, Moon, Sun } from 'lucide-react'
import { chooseLocale, defineMessages, useLocale } from '@/lib/i18n'
import { chooseAppearance, useAppearance } from '@/ui/appearance'
import { ActionMenu } from '@/ui/ActionMenu'
import { Logo } from '@/ui/Logo'
import { usePageTitle } from '@/ui/page_title'
import { Picture } from './Picture'
import styles from './FrontDoor.module.css'

const useText = defineMessages('front-door', {
  'zh-CN': {
    language: '简体中文',
    chooseLanguage: '切换语言',
    dark: '切换到深色',
    light: '切换到浅色',
    motto: '生意是人与人的事，\n其余的交给系统。',
  },
  en: {
    language: 'English',
    chooseLanguage: 'Change language',
    dark: 'Switch to dark',
    light: 'Switch to light',
    motto: 'Business is between people.\nLeave the rest to the system.',
  },
})

export function FrontDoor({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  const say = useText()
  const locale = useLocale()
  const { theme } = useAppearance()
  usePageTitle(title)
  return (
    <div className={styles.page}>
      <main className={styles.left}>
        <header className={styles.header}>
          <Logo size={26} />
          <strong>Guanxi</strong>
          <span className={styles.han}>关系</span>
          <span className={styles.gap} />
          <ActionMenu
            title={say('chooseLanguage')}
            items={[
              { key: 'zh-CN', label: '简体中文', checked: locale === 'zh-CN', onSelect: () => chooseLocale('zh-CN') },
              { key: 'en', label: 'English', checked: locale === 'en', onSelect: () => chooseLocale('en') },
            ]}
          >
            <button type="button" className={styles.quiet} aria-label={`${say('chooseLanguage')} · ${say('language')}`}>
              <Languages size={16} aria-hidden />
              {say('language')}
            </button>
          </ActionMenu>
          <button
            type="button"
            className={styles.quiet}
            aria-label={say(theme === 'dark' ? 'light' : 'dark')}
            title={say(theme === 'dark' ? 'light' : 'dark')}
            onClick={() => chooseAppearance({ theme: theme === 'dark' ? 'light' : 'dark' })}
          >
            {theme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
          </button>
        </header>
        <div className={styles.middle}>
          <div className={styles.form}>
            <h1>{title}</h1>
            <p className={styles.text}>{text}</p>
            {children}
          </div>
        </div>
      </main>
      <aside className={styles.right} aria-hidden>
        <Picture />
        <p className={styles.motto}>{say('motto')}</p>
      </aside>
    </div>
  )
}
