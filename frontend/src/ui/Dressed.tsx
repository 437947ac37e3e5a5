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
import { useAppearance, useAppearanceOnDocument } from './appearance'
import { ConfirmHost } from './ConfirmDialog'
import { ToastHost } from './ToastHost'
import { antThemeFor } from './theme'
import { useWidth } from './width'
import './tokens.css'
import './base.css'

dayjs.extend(updateLocale)
dayjs.updateLocale('en', { weekStart: 1 })

export function Dressed({ children }: { children: ReactNode }) {
  const locale = useLocale()
  const { isPhone } = useWidth()
  const { theme, density } = useAppearance()
  useAppearanceOnDocument()
  const antTheme = useMemo(() => antThemeFor(theme, isPhone ? 'phone' : density), [theme, isPhone, density])
  dayjs.locale(locale === 'zh-CN' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider theme={antTheme} locale={locale === 'zh-CN' ? zhCN : enUS} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      {children}
      <ConfirmHost />
      <ToastHost />
    </ConfigProvider>
  )
}
