/** The sentences of the table. */
import { defineMessages } from '@/lib/i18n'

export const useText = defineMessages('table', {
  'zh-CN': {
    grid: '{{object}}表格', number: '行号', select_row: '选择「{{name}}」', select_all: '选择全部已加载的记录', open: '展开', open_record: '打开「{{name}}」', untitled: '未命名',
    none: '未填写', hidden: '—', collapse: '收起', expand: '展开分组', group_count: '{{count}} 个', records: '{{count}} 条', groups: '{{count}} 组', loading: '正在加载', new_rows: '{{count}} 条新记录，点击显示',
    asked_title: '这样改还要补上这些', asked_verb: '一起保存', asked_cancel: '先不改',
    old_value: '原值 {{value}}', empty: '空', save: '保存', next: '下一格', drop: '放弃',
    read_only: '「{{field}}」不能在这里修改。', read_only_link: '「{{field}}」来自关联的记录，请到那里修改。', read_only_right: '你的角色不能修改「{{field}}」。', read_only_number: '「{{field}}」由系统填写。', read_only_object: '你的角色不能修改这里的记录。',
    theirs: '{{person}}刚改成了「{{value}}」。回车用你的，Esc 用对方的。', somebody: '有人', left_view: '「{{name}}」已转出你的可见范围', undone: '已撤销', undo_nothing: '没有可以撤销的修改', undo_failed: '没能撤销：{{reason}}',
    pasted: '已粘贴 {{count}} 格', paste_refused: '{{count}} 格没有粘贴：{{reason}}', paste_beyond: '{{count}} 格超出了已显示的行列，没有粘贴', cleared: '已清空 {{count}} 格', clear_refused: '{{count}} 格没有清空：{{reason}}', value_stays: '「{{field}}」必填，不能清空。', copied: '已复制 {{count}} 格', too_many_cells: '一次最多粘贴 {{most}} 格。',
    is_computed: '计算字段，由公式得出',
    sort_up: '升序', sort_down: '降序', group_by: '按它分组', ungroup: '取消分组', hide: '隐藏这一列', move_left: '左移', move_right: '右移', total_of: '合计方式', column_menu: '「{{column}}」列', resize: '调整「{{column}}」的宽度',
    none_total: '不显示', sum: '合计', average: '平均', minimum: '最小', maximum: '最大', count_distinct: '去重', count_filled: '已填', short_sum: '合计', short_average: '均', short_minimum: '最小', short_maximum: '最大', short_count_distinct: '去重', short_count_filled: '已填', choose_total: '{{column}}：选择合计方式', total: '合计',
    selected: '已选 {{count}} 条', selected_matching: '已选全部符合的 {{count}} 条', reading: '正在读取 {{done}}/{{total}}', stop: '停下', stopped: '停下了，还有 {{count}} 条没有处理', trying: '正在试算…', tried_first: '先试了前 {{count}} 条：', would_change: '{{count}} 条会改', would_refuse: '{{count}} 条不能改：{{reason}}', takes_a_while: '会一批一批处理，请让这个页面开着；中途可以停下。', selected_sum: '合计 {{sum}}', all_matching: '选择全部符合的 {{count}} 条', edit_field: '批量改', transfer: '转移', export: '导出', delete: '删除', clear: '取消选择', selection: '已选记录',
    delete_title: '删除 {{count}} 条{{object}}？', delete_body: '会移到回收站，可以恢复。', delete_verb: '删除 {{count}} 条', keep: '保留',
    done_deleted: '已删除 {{count}} 条', done_changed: '已修改 {{count}} 条', done_restored: '已恢复 {{count}} 条', unchanged: '{{count}} 条没有变化', refused: '{{count}} 条未能修改：{{reason}}', working: '正在处理 {{done}}/{{total}}',
    edit_title: '批量修改 {{count}} 条', transfer_title: '转移 {{count}} 条', field: '字段', new_value: '新值', pick_field: '选择字段', edit_verb: '修改 {{count}} 条', transfer_verb: '转移 {{count}} 条', cancel: '取消', clear_value: '留空会清空这个字段。', value_needed: '请填写「{{field}}」的新值。', person_needed: '请选择新的负责人。',
    exporting: '正在准备文件…', exported: '文件已开始下载', value_of: '{{field}}：{{value}}', row_failed: '没能取到更多', retry: '再试一次',
  },
  en: {
    grid: 'Table of {{object}}', number: 'Row', select_row: 'Select “{{name}}”', select_all: 'Select all loaded records', open: 'Open', open_record: 'Open “{{name}}”', untitled: 'Untitled',
    none: 'Not set', hidden: '—', collapse: 'Collapse', expand: 'Expand group', group_count: '{{count}}', records: '{{count}} records', records_one: '{{count}} record', groups: '{{count}} groups', groups_one: '{{count}} group', loading: 'Loading', new_rows: '{{count}} new records. Show', new_rows_one: '{{count}} new record. Show',
    asked_title: 'This change needs these as well', asked_verb: 'Save together', asked_cancel: 'Not now',
    old_value: 'Was {{value}}', empty: 'empty', save: 'save', next: 'next cell', drop: 'drop',
    read_only: '“{{field}}” cannot be changed here.', read_only_link: '“{{field}}” belongs to the linked record. Change it there.', read_only_right: 'Your roles do not let you change “{{field}}”.', read_only_number: '“{{field}}” is kept by the system.', read_only_object: 'Your roles do not let you change records here.',
    theirs: '{{person}} just made it “{{value}}”. Enter keeps yours, Esc takes theirs.', somebody: 'Somebody', left_view: '“{{name}}” has left what you may see', undone: 'Undone', undo_nothing: 'Nothing to undo', undo_failed: 'Could not be undone: {{reason}}',
    pasted: '{{count}} cells pasted', pasted_one: '{{count}} cell pasted', paste_beyond: '{{count}} cells lie beyond the rows and columns shown and were not pasted', paste_beyond_one: '{{count}} cell lies beyond the rows and columns shown and was not pasted', cleared: '{{count}} cells cleared', cleared_one: '{{count}} cell cleared', clear_refused: '{{count}} cells were not cleared: {{reason}}', clear_refused_one: '{{count}} cell was not cleared: {{reason}}', value_stays: '“{{field}}” is required and cannot be emptied.', paste_refused: '{{count}} cells were not pasted: {{reason}}', paste_refused_one: '{{count}} cell was not pasted: {{reason}}', copied: '{{count}} cells copied', copied_one: '{{count}} cell copied', too_many_cells: 'At most {{most}} cells can be pasted at a time.',
    is_computed: 'computed by a formula',
    sort_up: 'Sort ascending', sort_down: 'Sort descending', group_by: 'Group by it', ungroup: 'Stop grouping', hide: 'Hide column', move_left: 'Move left', move_right: 'Move right', total_of: 'Total', column_menu: 'Column “{{column}}”', resize: 'Width of “{{column}}”',
    none_total: 'None', sum: 'Sum', average: 'Average', minimum: 'Smallest', maximum: 'Largest', count_distinct: 'Distinct', count_filled: 'Filled', short_sum: 'sum', short_average: 'avg', short_minimum: 'min', short_maximum: 'max', short_count_distinct: 'distinct', short_count_filled: 'filled', choose_total: '{{column}}: choose a total', total: 'Total',
    selected: '{{count}} selected', selected_matching: 'All {{count}} matching selected', reading: 'Reading: {{done}} of {{total}}', stop: 'Stop', stopped: 'stopped with {{count}} left', trying: 'Trying…', tried_first: 'Tried on the first {{count}}: ', would_change: '{{count}} will change', would_refuse: '{{count}} cannot: {{reason}}', takes_a_while: 'It goes batch by batch. Keep this page open; you can stop on the way.', selected_sum: 'Sum {{sum}}', all_matching: 'Select all {{count}} matching', edit_field: 'Edit', transfer: 'Transfer', export: 'Export', delete: 'Delete', clear: 'Clear selection', selection: 'Selected records',
    delete_title: 'Delete {{count}} {{object}}?', delete_body: 'They move to the trash and can be restored.', delete_verb: 'Delete {{count}}', keep: 'Keep',
    done_deleted: '{{count}} deleted', done_changed: '{{count}} changed', done_restored: '{{count}} restored', unchanged: '{{count}} were so already', refused: '{{count}} not changed: {{reason}}', working: 'Working: {{done}} of {{total}}',
    edit_title: 'Edit {{count}} records', edit_title_one: 'Edit {{count}} record', transfer_title: 'Transfer {{count}} records', transfer_title_one: 'Transfer {{count}} record', field: 'Field', new_value: 'New value', pick_field: 'Choose a field', edit_verb: 'Change {{count}}', transfer_verb: 'Transfer {{count}}', cancel: 'Cancel', clear_value: 'Left empty, the field is cleared.', value_needed: 'Enter the new value of “{{field}}”.', person_needed: 'Choose the new owner.',
    exporting: 'Preparing the file…', exported: 'The download has begun', value_of: '{{field}}: {{value}}', row_failed: 'More could not be loaded', retry: 'Try again',
  },
})
