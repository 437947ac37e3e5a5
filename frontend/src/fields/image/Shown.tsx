/** Pictures as large as the window allows, one after the other. */
import { ChevronLeft, ChevronRight, Download } from 'lucide-react'
import { useState } from 'react'
import { fileAddress } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { defineMessages } from '@/lib/i18n'
import { Dialog } from '@/ui/Dialog'
import styles from './image.module.css'

const useText = defineMessages('image-shown', {
  'zh-CN': { previous: '上一张', next: '下一张', download: '下载', of: '{{place}} / {{count}}' },
  en: { previous: 'Previous', next: 'Next', download: 'Download', of: '{{place}} of {{count}}' },
})

export function Shown({ files, start, onClose }: { files: readonly StoredFile[]; start: number; onClose: () => void }) {
  const say = useText()
  const [place, setPlace] = useState(start)
  const [isOpen, setOpen] = useState(true)
  const file = files[place]
  if (!file) return null
  const walk = (by: number): void => setPlace((place + by + files.length) % files.length)
  return (
    <Dialog open={isOpen} onCancel={() => setOpen(false)} afterClose={onClose} footer={null} width="min(1100px, 96vw)" centered title={file.name} destroyOnHidden>
      {/* The window catches clicks, so that the record behind it does not begin to be edited. */}
      <div
        className={styles.shown}
        data-blocks-keys
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') walk(-1)
          if (event.key === 'ArrowRight') walk(1)
        }}
      >
        <img className={styles.whole} src={fileAddress(file.id)} alt={file.name} />
        <div className={styles.foot}>
          {files.length > 1 && (
            <>
              <button type="button" className={styles.walk} aria-label={say('previous')} autoFocus onClick={() => walk(-1)}>
                <ChevronLeft size={18} aria-hidden />
              </button>
              <span className="tabular">{say('of', { place: String(place + 1), count: String(files.length) })}</span>
              <button type="button" className={styles.walk} aria-label={say('next')} onClick={() => walk(1)}>
                <ChevronRight size={18} aria-hidden />
              </button>
            </>
          )}
          <a className={styles.walk} href={fileAddress(file.id, true)} aria-label={say('download')} title={say('download')}>
            <Download size={16} aria-hidden />
          </a>
        </div>
      </div>
    </Dialog>
  )
}
