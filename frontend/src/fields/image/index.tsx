/** Uploaded pictures, small in lists; a tap shows them whole. */
import { Image } from 'lucide-react'
import { Suspense, lazy, useState } from 'react'
import { thumbnailAddress } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps } from '@/registry/field_kind'
import { FilesInput } from '@/ui/inputs/FilesInput'
import { namesOf, stillUploading, uploadInstead, UPLOADING } from '@/ui/inputs/files'
import { settingsOf } from '@/ui/inputs/settings'
import styles from './image.module.css'

const useText = defineMessages('image', { 'zh-CN': { show: '查看 {{name}}' }, en: { show: 'Look at {{name}}' } })
const shownInCell = 3

const Shown = lazy(async () => ({ default: (await import('./Shown')).Shown }))

function ImageCell({ value, place }: CellProps<StoredFile[]>) {
  const say = useText()
  const [open, setOpen] = useState<number | null>(null)
  if (place !== 'page') {
    return (
      <span className={styles.cell}>
        {value.slice(0, shownInCell).map((one) => (
          <img key={one.id} className={styles.tiny} src={thumbnailAddress(one.id)} alt={one.name} title={one.name} loading="lazy" />
        ))}
        {value.length > shownInCell && <span className={styles.more}>+{value.length - shownInCell}</span>}
      </span>
    )
  }
  return (
    <span className={styles.pictures}>
      {value.map((one, index) => (
        <button
          key={one.id}
          type="button"
          className={styles.picture}
          aria-label={say('show', { name: one.name })}
          title={one.name}
          onClick={(event) => {
            event.stopPropagation()
            setOpen(index)
          }}
        >
          <img src={thumbnailAddress(one.id)} alt="" loading="lazy" />
        </button>
      ))}
      {open !== null && (
        <Suspense>
          <Shown files={value} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </span>
  )
}

function ImageInput(props: InputProps<StoredFile[]>) {
  return <FilesInput {...props} pictures />
}

export const image = fieldKind<StoredFile[]>({
  type: 'image',
  holds: 'files',
  label: { 'zh-CN': '图片', en: 'Images' },
  icon: Image,
  align: 'left',
  width: 140,
  Cell: ImageCell,
  Input: ImageInput,
  FilterValue: () => null,
  Settings: settingsOf('most', 'most_mb'),
  format: namesOf,
  parse: (text) => (text.trim() === '' ? { value: null } : { error: text === UPLOADING ? stillUploading : uploadInstead }),
  isEmpty: (value) => value === null || value === undefined || value.length === 0,
  toWire: (value) => value,
  isPicked: true,
  isDrawn: true,
  examples: [
    { value: [{ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'a.jpg', type: 'image/jpeg', size: 1300, thumbnail: true }], typed: '', shown: { 'zh-CN': 'a.jpg', en: 'a.jpg' } },
  ],
})
