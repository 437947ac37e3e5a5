/** The list of keys, by where they work. */
import { defineMessages } from '@/lib/i18n'
import { Dialog } from '@/ui/Dialog'
import { Kbd } from '@/ui/Kbd'
import styles from './KeysDialog.module.css'

const useText = defineMessages('keys', {
  'zh-CN': {
    title: '快捷键',
    off: '单字母快捷键可以在“我的设置”里关掉。',
    anywhere: '任何地方',
    palette: '搜索或跳转',
    find: '在视图内查找',
    go: '去客户、商机、联系人、产品',
    create: '新建',
    density: '切换疏密',
    keys: '这份列表',
    list: '列表',
    rows: '上一行、下一行',
    edit: '编辑单元格',
    select: '选择',
    range: '连选',
    all: '全选',
    open: '打开侧栏',
    filter: '筛选',
    record: '记录',
    editRecord: '编辑',
    walk: '下一条、上一条',
    page: '展开为整页',
    close: '关闭',
    board: '看板',
    lift: '拿起、放下卡片',
    move: '移动拿起的卡片',
  },
  en: {
    title: 'Keyboard shortcuts',
    off: 'Single letters can be switched off in “My settings”.',
    anywhere: 'Anywhere',
    palette: 'Search or go to',
    find: 'Find in view',
    go: 'Go to accounts, opportunities, contacts, products',
    create: 'New',
    density: 'Change density',
    keys: 'This list',
    list: 'Lists',
    rows: 'Row above, row below',
    edit: 'Edit cell',
    select: 'Select',
    range: 'Select a range',
    all: 'Select all',
    open: 'Open drawer',
    filter: 'Filter',
    record: 'Records',
    editRecord: 'Edit',
    walk: 'Next, previous record',
    page: 'Open as a page',
    close: 'Close',
    board: 'Boards',
    lift: 'Lift and drop a card',
    move: 'Move the lifted card',
  },
})

type Key = Parameters<ReturnType<typeof useText>>[0]
const sections: { title: Key; keys: [Key, string[]][] }[] = [
  {
    title: 'anywhere',
    keys: [
      ['palette', ['Ctrl K']],
      ['find', ['/']],
      ['go', ['G', 'C / O / N / P']],
      ['create', ['C']],
      ['density', ['Ctrl .']],
      ['keys', ['?']],
    ],
  },
  {
    title: 'list',
    keys: [
      ['rows', ['↑', '↓']],
      ['edit', ['Enter']],
      ['select', ['Space']],
      ['range', ['Shift ↑↓']],
      ['all', ['Ctrl A']],
      ['open', ['O']],
      ['filter', ['F']],
    ],
  },
  {
    title: 'record',
    keys: [
      ['editRecord', ['E']],
      ['walk', ['J', 'K']],
      ['page', ['Ctrl Enter']],
      ['close', ['Esc']],
    ],
  },
  {
    title: 'board',
    keys: [
      ['lift', ['Space']],
      ['move', ['←', '→', '↑', '↓']],
    ],
  },
]

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const say = useText()
  return (
    <Dialog open centered width={800} title={say('title')} footer={null} onCancel={onClose}>
      <div className={styles.columns} data-blocks-keys>
        {sections.map(({ title, keys }) => (
          <section key={title}>
            <h3>{say(title)}</h3>
            <dl>
              {keys.map(([what, names]) => (
                <div key={what} className={styles.line}>
                  <dt>{say(what)}</dt>
                  <dd>
                    {names.map((name) => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={styles.note}>{say('off')}</p>
    </Dialog>
  )
}
