/** What the pages of imports say. */
import { defineMessages } from '@/lib/i18n'
import { en } from './text_en'
import { zh } from './text_zh'

export const useText = defineMessages('imports', { 'zh-CN': zh, en })
