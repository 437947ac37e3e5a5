/** A text drawn as a code to be scanned. */
import { QrCode } from 'lucide-react'
import { Suspense, lazy } from 'react'
import type { Field } from '@/api/types'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, Parsed, SettingsProps } from '@/registry/field_kind'
import { TextFilterValue } from '@/ui/inputs/filter_values'
import { PickedSetting } from '@/ui/inputs/settings'
import { TextBox } from '@/ui/inputs/TextBox'
import type { Symbology } from './symbology'

const useText = defineMessages('barcode', {
  'zh-CN': { symbology: '码制', qr: '二维码', code128: '条形码（Code 128）', ean13: '商品条码（EAN-13）' },
  en: { symbology: 'Drawn as', qr: 'QR code', code128: 'Barcode (Code 128)', ean13: 'Article number (EAN-13)' },
})

const Drawn = lazy(async () => ({ default: (await import('./Drawn')).Drawn }))

function symbologyOf(field: Pick<Field, 'options'>): Symbology {
  const { symbology } = field.options
  return symbology === 'code128' || symbology === 'ean13' ? symbology : 'qr'
}

function BarcodeCell({ value, field, place }: CellProps<string>) {
  if (place !== 'page') return <>{value}</>
  return (
    <span>
      <Suspense fallback={null}>
        <Drawn text={value} symbology={symbologyOf(field)} />
      </Suspense>
      <span>{value}</span>
    </span>
  )
}

function BarcodeInput(props: InputProps<string>) {
  return <TextBox {...props} />
}

function BarcodeSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  return (
    <PickedSetting
      label={say('symbology')}
      value={symbologyOf({ options })}
      choices={{ qr: say('qr'), code128: say('code128'), ean13: say('ean13') }}
      onChange={(symbology) => onChange({ ...options, symbology })}
    />
  )
}

function checkDigit(digits: string): string {
  let total = 0
  for (let place = 0; place < digits.length; place += 1) total += Number(digits[place]) * (place % 2 ? 3 : 1)
  return String((10 - (total % 10)) % 10)
}

function parse(text: string, field: Field): Parsed<string> {
  const symbology = symbologyOf(field)
  const code = symbology === 'qr' ? text.normalize('NFC').trim() : text.normalize('NFKC').trim()
  if (code === '') return { value: null }
  if (symbology === 'code128' && !/^[\x20-\x7e]{1,80}$/.test(code)) {
    return { error: { 'zh-CN': '条形码只能含英文字母、数字和常用符号，最多 80 个。', en: 'A barcode holds letters, digits and common signs of ASCII, at most 80.' } }
  }
  if (symbology === 'ean13' && !/^\d{13}$/.test(code)) {
    return { error: { 'zh-CN': '请填 13 位商品条码。', en: 'Enter the 13 digits of the article number.' } }
  }
  if (symbology === 'ean13' && checkDigit(code.slice(0, 12)) !== code[12]) {
    return {
      error: {
        'zh-CN': '校验位不对，多半有一位填错了，请核对。',
        en: 'The last character does not match the others, so one of them is likely mistyped. Check them.',
      },
    }
  }
  return { value: code }
}

export const barcode = fieldKind<string>({
  type: 'barcode',
  holds: 'text',
  label: { 'zh-CN': '条码 / 二维码', en: 'Barcode or QR code' },
  icon: QrCode,
  align: 'left',
  width: 160,
  Cell: BarcodeCell,
  Input: BarcodeInput,
  FilterValue: TextFilterValue,
  Settings: BarcodeSettings,
  format: (value) => value,
  parse,
  isEmpty: (value) => value === null || value === undefined || value === '',
  toWire: (value) => value,
  examples: [
    { value: 'https://example.com/p/1', typed: 'https://example.com/p/1', shown: { 'zh-CN': 'https://example.com/p/1', en: 'https://example.com/p/1' } },
    { options: { symbology: 'ean13' }, value: '6901234567892', typed: '６901234567892', shown: { 'zh-CN': '6901234567892', en: '6901234567892' } },
  ],
})
