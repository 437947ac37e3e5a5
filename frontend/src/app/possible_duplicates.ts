/** What the server thinks is there already is saved once the person confirmed it, wherever it is typed: form, cell or board. */
import type { Problem } from '@/api/problem'
import { defineMessages } from '@/lib/i18n'
import { confirm } from '@/ui/confirm'

const useText = defineMessages('possible-duplicates', {
  'zh-CN': { title: '这条记录可能已经有了，仍然保存吗？', verb: '仍然保存', keep: '返回修改' },
  en: { title: 'This record may be there already. Save it anyway?', verb: 'Save anyway', keep: 'Go back' },
})

export function confirmPossibleDuplicates(problem: Problem): Promise<boolean> {
  return confirm({
    title: useText.say('title'),
    body: problem.errors.map((one) => one.message).join('\n'),
    verb: useText.say('verb'),
    keep: useText.say('keep'),
  })
}
