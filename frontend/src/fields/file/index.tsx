/** Uploads of any kind. */
import { Download, Paperclip } from 'lucide-react'
import { fileAddress } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { defineMessages } from '@/lib/i18n'
import { fieldKind } from '@/registry/field_kind'
import type { CellProps, InputProps, SettingsProps } from '@/registry/field_kind'
import { FilesInput } from '@/ui/inputs/FilesInput'
import { fileSize, isShownByBrowsers, namesOf, stillUploading, uploadInstead, UPLOADING } from '@/ui/inputs/files'
import { settingsOf, WordsSetting } from '@/ui/inputs/settings'
import styles from './file.module.css'

const useText = defineMessages('file', {
  'zh-CN': { download: '下载 {{name}}', endings: '只接受这些格式（扩展名，不填则不限）' },
  en: { download: 'Download {{name}}', endings: 'Only these kinds (endings; none for any)' },
})

function FileCell({ value, place }: CellProps<StoredFile[]>) {
  const say = useText()
  const [first] = value
  if (place !== 'page') {
    return (
      <span className={styles.cell}>
        <Paperclip size={14} aria-hidden />
        <span className={styles.name}>{first?.name}</span>
        {value.length > 1 && <span className={styles.more}>+{value.length - 1}</span>}
      </span>
    )
  }
  return (
    <ul className={styles.list}>
      {value.map((file) => (
        <li key={file.id} className={styles.row}>
          <Paperclip size={14} aria-hidden />
          <a className={styles.link} href={fileAddress(file.id)} {...(isShownByBrowsers(file) ? { target: '_blank', rel: 'noreferrer' } : {})}>
            {file.name}
          </a>
          <span className={styles.more}>{fileSize(file.size)}</span>
          <a className={styles.download} href={fileAddress(file.id, true)} aria-label={say('download', { name: file.name })} title={say('download', { name: file.name })}>
            <Download size={14} aria-hidden />
          </a>
        </li>
      ))}
    </ul>
  )
}

function FileInput(props: InputProps<StoredFile[]>) {
  return <FilesInput {...props} />
}

const Limits = settingsOf('most', 'most_mb')

function FileSettings({ options, onChange }: SettingsProps) {
  const say = useText()
  const endings = (options.endings as string[] | undefined) ?? []
  return (
    <>
      <Limits options={options} onChange={onChange} />
      <WordsSetting
        label={say('endings')}
        placeholder="pdf, docx, dwg"
        words={endings}
        onChange={(words) => onChange({ ...options, endings: words.map((word) => word.replace(/^\./, '').toLowerCase()) })}
      />
    </>
  )
}

export const file = fieldKind<StoredFile[]>({
  type: 'file',
  holds: 'files',
  label: { 'zh-CN': '附件', en: 'Files' },
  icon: Paperclip,
  align: 'left',
  width: 200,
  Cell: FileCell,
  Input: FileInput,
  FilterValue: () => null,
  Settings: FileSettings,
  format: namesOf,
  parse: (text) => (text.trim() === '' ? { value: null } : { error: text === UPLOADING ? stillUploading : uploadInstead }),
  isEmpty: (value) => value === null || value === undefined || value.length === 0,
  toWire: (value) => value,
  isPicked: true,
  examples: [
    { value: [{ id: '01890a5d-ac96-774b-bcce-b302099a8057', name: '图纸.pdf', type: 'application/pdf', size: 1300, thumbnail: false }], typed: '', shown: { 'zh-CN': '图纸.pdf', en: '图纸.pdf' } },
  ],
})
