/** Takes files: chosen, dropped or pasted, each with its progress; those that failed say why and can be tried again. */
import { Paperclip, RotateCcw, Upload, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { thumbnailAddress, uploadFile } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { problemText } from '@/api/problem'
import { defineMessages } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { UPLOADING, fileSize, filesIn } from './files'
import styles from './files.module.css'

const useText = defineMessages('files-box', {
  'zh-CN': {
    choose: '选择文件', choose_picture: '选择图片', drop: '也可以拖进来或粘贴', drop_now: '松开就上传', remove: '移除 {{name}}', retry: '重试 {{name}}', cancel: '取消上传 {{name}}',
    too_large: '超过 {{limit}} MB', wrong_kind: '只接受 {{endings}}', too_many: '最多 {{most}} 个', progress: '已上传 {{share}}%', uploading: '正在上传 {{name}}',
  },
  en: {
    choose: 'Choose files', choose_picture: 'Choose pictures', drop: 'or drop or paste them here', drop_now: 'Drop to upload', remove: 'Remove {{name}}', retry: 'Try {{name}} again', cancel: 'Stop uploading {{name}}',
    too_large: 'More than {{limit}} MB', wrong_kind: 'Takes {{endings}} only', too_many: 'At most {{most}}', progress: '{{share}}% uploaded', uploading: 'Uploading {{name}}',
  },
})

interface Sending {
  key: number
  file: File
  share: number
  problem: string | null
  stop: AbortController
}

export interface FilesBoxProps extends InputProps<StoredFile[]> {
  pictures?: boolean
}

let nextKey = 0

export function FilesBox({ value, field, onChange, place, id, autoFocus, disabled, invalid, pictures = false, ...aria }: FilesBoxProps) {
  const say = useText()
  const [sending, setSending] = useState<Sending[]>([])
  const [isOver, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const most = Number(field.options.most ?? 10)
  const limit = Number(field.options.most_mb ?? 50)
  const endings = (field.options.endings as string[] | undefined) ?? []
  // The value is the word of an upload meanwhile; what was there before is remembered here.
  const held = useRef<StoredFile[]>(filesIn(value))
  if (Array.isArray(value) || value === null) held.current = filesIn(value)
  const waiting = useRef(0)
  const chosen = useRef(new Map<string, number>())
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })

  function tell(): void {
    const files = held.current
    latest.current(waiting.current > 0 ? (UPLOADING as unknown as StoredFile[]) : files.length === 0 ? null : files)
  }

  function refusal(file: File): string | null {
    const ending = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? ''
    if (file.size > limit * 1024 * 1024) return say('too_large', { limit: String(limit) })
    if (endings.length > 0 && !endings.includes(ending)) return say('wrong_kind', { endings: endings.join(', ') })
    return null
  }

  function begin(one: Sending): void {
    waiting.current += 1
    tell()
    const change = (changes: Partial<Sending>) => setSending((all) => all.map((each) => (each.key === one.key ? { ...each, ...changes } : each)))
    uploadFile(one.file, (share) => change({ share }), one.stop.signal)
      .then((stored) => {
        // They stand in the order in which they were chosen, not in that in which they arrived.
        chosen.current.set(stored.id, one.key)
        const place = held.current.findIndex((each) => (chosen.current.get(each.id) ?? 0) > one.key)
        held.current = held.current.toSpliced(place < 0 ? held.current.length : place, 0, stored)
        setSending((all) => all.filter((each) => each.key !== one.key))
      })
      .catch((problem: unknown) => {
        if (one.stop.signal.aborted) setSending((all) => all.filter((each) => each.key !== one.key))
        else change({ problem: problemText(problem) })
      })
      .finally(() => {
        waiting.current -= 1
        tell()
      })
  }

  function take(files: Iterable<File>): void {
    const room = most - held.current.length - waiting.current
    const made = [...files].map((file, index): Sending => ({ key: (nextKey += 1), file, share: 0, problem: refusal(file) ?? (index >= room ? say('too_many', { most: String(most) }) : null), stop: new AbortController() }))
    setSending((all) => [...all.filter((each) => each.problem === null), ...made])
    for (const one of made) if (one.problem === null) begin(one)
  }

  function retry(one: Sending): void {
    const again = { ...one, share: 0, problem: null, stop: new AbortController() }
    setSending((all) => all.map((each) => (each.key === one.key ? again : each)))
    begin(again)
  }

  function remove(file: StoredFile): void {
    held.current = held.current.filter((each) => each.id !== file.id)
    tell()
  }

  const accept = pictures ? 'image/png,image/jpeg,image/gif,image/webp' : endings.map((ending) => `.${ending}`).join(',')
  return (
    <div
      className={styles.box}
      data-place={place}
      data-over={isOver || undefined}
      data-invalid={invalid || undefined}
      onDragOver={(event) => {
        if (disabled) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (!disabled) take(event.dataTransfer.files)
      }}
      onPaste={(event) => {
        if (disabled || event.clipboardData.files.length === 0) return
        event.preventDefault()
        take(event.clipboardData.files)
      }}
    >
      {(held.current.length > 0 || sending.length > 0) && (
        <ul className={styles.list}>
          {held.current.map((file) => (
            <li key={file.id} className={styles.row}>
              {file.thumbnail ? <img className={styles.small} src={thumbnailAddress(file.id)} alt="" /> : <Paperclip size={14} aria-hidden />}
              <span className={styles.name}>{file.name}</span>
              <span className={styles.size}>{fileSize(file.size)}</span>
              <button type="button" className={styles.act} disabled={disabled} aria-label={say('remove', { name: file.name })} onClick={() => remove(file)}>
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
          {sending.map((one) => (
            <li key={one.key} className={styles.row} data-wrong={one.problem !== null || undefined}>
              <Upload size={14} aria-hidden />
              <span className={styles.name}>
                {one.file.name}
                {one.problem !== null && (
                  <span className={styles.problem} role="alert">
                    {one.problem}
                  </span>
                )}
              </span>
              {one.problem === null && (
                <span className={styles.progress} role="progressbar" aria-label={say('uploading', { name: one.file.name })} aria-valuenow={Math.round(one.share * 100)} title={say('progress', { share: String(Math.round(one.share * 100)) })}>
                  <span style={{ width: `${one.share * 100}%` }} />
                </span>
              )}
              {one.problem !== null && refusal(one.file) === null && (
                <button type="button" className={styles.act} aria-label={say('retry', { name: one.file.name })} onClick={() => retry(one)}>
                  <RotateCcw size={14} aria-hidden />
                </button>
              )}
              <button
                type="button"
                className={styles.act}
                aria-label={say(one.problem === null ? 'cancel' : 'remove', { name: one.file.name })}
                onClick={() => (one.problem === null ? one.stop.abort() : setSending((all) => all.filter((each) => each.key !== one.key)))}
              >
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        id={id}
        className={styles.choose}
        disabled={disabled || held.current.length >= most}
        autoFocus={autoFocus}
        aria-labelledby={aria['aria-labelledby']}
        aria-describedby={aria['aria-describedby']}
        onClick={() => picker.current?.click()}
      >
        <Upload size={14} aria-hidden />
        <span className={styles.verb}>{isOver ? say('drop_now') : say(pictures ? 'choose_picture' : 'choose')}</span>
        <span className={styles.hint}>{say('drop')}</span>
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden
        multiple={most > 1}
        accept={accept}
        onChange={(event) => {
          take(event.target.files ?? [])
          event.target.value = ''
        }}
      />
    </div>
  )
}
