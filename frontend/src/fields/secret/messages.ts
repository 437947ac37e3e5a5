import { defineMessages } from '@/lib/i18n'

export const useText = defineMessages('secret', {
  'zh-CN': { reveal: '查看', hide: '隐藏', kept: '已保存，输入即替换', remove: '清除', recorded: '查看会记入历史', failed: '没能取到，请重试' },
  en: { reveal: 'Show', hide: 'Hide', kept: 'Kept; type to replace it', remove: 'Clear', recorded: 'Looking at it is recorded in the history', failed: 'It could not be fetched. Try again' },
})
