/** A name drawn by hand, kept as a picture. */
import { Signature } from 'lucide-react'
import { Suspense, lazy } from 'react'
import { thumbnailAddress } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { UPLOADING } from '@/ui/inputs/files'
import styles from './signature.module.css'

const useText = defineMessages('signature-cell', { 'zh-CN': { signed: '已签名' }, en: { signed: 'Signed' } })
const draw = { 'zh-CN': '签名要在记录里手写，不能用文字填写。', en: 'Signatures are drawn on the record; they cannot be written as text.' }
const unfinished = { 'zh-CN': '签名还没有确认，请点「确认签名」。', en: 'The signature is not kept yet. Press “Use this signature”.' }

const SignaturePad = lazy(async () => ({ default: (await import('./SignaturePad')).SignaturePad }))

function SignatureCell({ value, place }: CellProps<StoredFile[]>) {
  const say = useText()
  const [file] = value
  return file ? <img className={place === 'page' ? styles.whole : styles.tiny} src={thumbnailAddress(file.id)} alt={say('signed')} loading="lazy" /> : null
}

function SignatureInput(props: InputProps<StoredFile[]>) {
  return (
    <Suspense fallback={null}>
      <SignaturePad {...props} />
    </Suspense>
  )
}

export const signature = fieldKind<StoredFile[]>({
  type: 'signature',
  holds: 'files',
  label: { 'zh-CN': '手写签名', en: 'Signature' },
  icon: Signature,
  align: 'left',
  width: 120,
  Cell: SignatureCell,
  Input: SignatureInput,
  FilterValue: () => null,
  Settings: null,
  format: (_, __, locale) => (locale === 'zh-CN' ? '已签名' : 'Signed'),
  parse: (text) => (text.trim() === '' ? { value: null } : { error: text === UPLOADING ? unfinished : draw }),
  isEmpty: (value) => value === null || value === undefined || value.length === 0,
  toWire: (value) => value,
  isPicked: true,
  isDrawn: true,
  examples: [
    { value: [{ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'signature.png', type: 'image/png', size: 1300, thumbnail: true }], typed: '', shown: { 'zh-CN': '已签名', en: 'Signed' } },
  ],
})
