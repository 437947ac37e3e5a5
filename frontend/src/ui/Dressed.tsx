/** Dresses everything within: tokens, Ant Design's theme, the language of its parts, notices and questions. */
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import updateLocale from 'dayjs/plugin/updateLocale'
import { useLocale } from '@/lib/i18n'
import { AppearanceContext, useApplied } from './appearance'
import type { ThemeChoice } from './appearance'
import { ConfirmHost } from './ConfirmDialog'
import { ToastHost } from './ToastHost'
import { antThemeFor } from './theme'
import { useWidth } from './width'
import type { Density } from './tokens'
import './tokens.css'
import './base.css'

dayjs.extend(updateLocale)
dayjs.updateLocale('en', { weekStart: 1 })

export function Dressed({ theme: choice, density, children }: { theme: ThemeChoice; density: Density; children: ReactNode }) {
  const locale = useLocale()
  const { isPhone } = useWidth()
  const appearance = useApplied(choice, density)
  const antTheme = useMemo(() => antThemeFor(appearance.theme, isPhone ? 'phone' : density), [appearance.theme, isPhone, density])
  dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en')
  return (
    <AppearanceContext value={appearance}>
      <ConfigProvider theme={antTheme} locale={locale === 'zh-CN' ? zhCN : enUS} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
        {children}
        <ConfirmHost />
        <ToastHost />
      </ConfigProvider>
    </AppearanceContext>
  )
}
