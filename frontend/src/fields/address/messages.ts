import { defineMessages } from '@/lib/i18n'

export const useText = defineMessages('address', {
  'zh-CN': {
    region: '省 / 市 / 区', street: '街道、门牌号', retired: '行政区划代码 {{code}} 已于 {{year}} 年后停用', retired_name: '{{name}}（已停用）', retired_short: '区划已停用',
    depth: '选到哪一级', province: '省', city: '省 / 市', county: '省 / 市 / 区县', has_street: '填写街道、门牌号', map: '在地图中打开',
  },
  en: {
    region: 'Province / city / county', street: 'Street and number', retired: 'The region code {{code}} has not been used after {{year}}', retired_name: '{{name}} (no longer used)', retired_short: 'region no longer used',
    depth: 'Regions down to', province: 'Province', city: 'Province / city', county: 'Province / city / county', has_street: 'Takes a street and number', map: 'Open in a map',
  },
})
