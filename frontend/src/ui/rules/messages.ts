/** What rules refuse, in the words of the server. */
import { defineMessages } from '@/lib/i18n'

export const useText = defineMessages('rules', {
  'zh-CN': {
    locked: '「{{field}}」现在不能修改。',
    hidden: '这条记录现在不用填「{{field}}」。',
    required: '请填写「{{field}}」。',
    not_offered: '「{{field}}」现在不能选“{{option}}”。',
  },
  en: {
    locked: '“{{field}}” cannot be changed as the record is now.',
    hidden: '“{{field}}” is not part of this record as it is now.',
    required: 'Fill in “{{field}}”.',
    not_offered: '“{{field}}” cannot be “{{option}}” as the record is now.',
  },
})
