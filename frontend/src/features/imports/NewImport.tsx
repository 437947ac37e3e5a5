/** The beginning of an import: what is in the file, and the file. */
import { useId, useRef, useState } from 'react'
import type { DragEvent } from 'react'
import { FileUp } from 'lucide-react'
import { useNavigate, useSearchParams } from 'react-router'
import { uploadImport } from '@/api/imports'
import { useCatalog } from '@/api/objects'
import { problemText } from '@/api/problem'
import { useMe } from '@/api/session'
import { labelText, useLocale } from '@/lib/i18n'
import { Button } from '@/ui/Button'
import { FieldError } from '@/ui/FieldError'
import { NoAccess } from '@/ui/faces'
import { ObjectIcon } from '@/ui/ObjectIcon'
import { useWidth } from '@/ui/width'
import { person } from './mapping'
import styles from './NewImport.module.css'
import { limitMegabytes, refuseFile } from './refuse_file'
import { useText } from './text'

interface Choice {
  name: string
  label: string
  icon: string
  color: string
}

function useChoices(): Choice[] {
  const say = useText()
  const locale = useLocale()
  const me = useMe()
  const objects = useCatalog().data?.objects ?? []
  const choices = objects
    .filter((object) => object.rights.import && object.retired_at === null)
    .map((object) => ({ name: object.name, label: labelText(object.label, locale), icon: object.icon, color: object.color }))
  return me.data?.rights.manage_people ? [...choices, { name: person, label: say('people'), icon: 'users', color: 'indigo' }] : choices
}

export function NewImport() {
  const say = useText()
  const [address, setAddress] = useSearchParams()
  const choices = useChoices()
  const isLoading = useCatalog().isPending
  const chosen = choices.find((one) => one.name === address.get('object')) ?? choices[0]
  if (!isLoading && !chosen) return <NoAccess text={say('mayNotImport')} />
  if (!chosen) return null
  return (
    <div className={styles.page}>
      <section>
        <h2>{say('chooseObject')}</h2>
        <p className={styles.hint}>{say('chooseObjectHint')}</p>
        <div className={styles.choices} role="radiogroup" aria-label={say('chooseObject')}>
          {choices.map((choice) => (
            <label key={choice.name} className={styles.choice} data-chosen={choice.name === chosen.name}>
              <input
                type="radio"
                name="object"
                value={choice.name}
                checked={choice.name === chosen.name}
                onChange={() => setAddress({ object: choice.name }, { replace: true })}
              />
              <ObjectIcon icon={choice.icon} color={choice.color} size={24} />
              <span>{choice.label}</span>
            </label>
          ))}
        </div>
      </section>
      <DropZone object={chosen.name} />
    </div>
  )
}

function DropZone({ object }: { object: string }) {
  const say = useText()
  const navigate = useNavigate()
  const id = useId()
  const { isPhone } = useWidth()
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController | null>(null)
  const [isOver, setOver] = useState(false)
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)

  async function take(files: FileList | null): Promise<void> {
    const [file] = files ?? []
    if (!file) return
    const reason = files && files.length > 1 ? say('oneFile') : refuseFile(file, say)
    setRefusal(reason)
    if (reason) return
    const controller = new AbortController()
    stop.current = controller
    setSending({ name: file.name, share: 0 })
    try {
      const made = await uploadImport(object, file, (share) => setSending({ name: file.name, share }), controller.signal)
      navigate(`/imports/${made.id}`, { replace: true })
    } catch (error) {
      if (!controller.signal.aborted) setRefusal(problemText(error))
      setSending(null)
    }
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    if (!sending) void take(event.dataTransfer.files)
  }

  return (
    <section>
      <div
        className={styles.zone}
        data-over={isOver}
        data-testid="drop-zone"
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileUp size={28} aria-hidden />
        {sending ? (
          <div className={styles.sending} role="status">
            <p>{sending.share < 1 ? say('uploading', { name: sending.name }) : say('reading')}</p>
            <progress max={1} {...(sending.share < 1 ? { value: sending.share } : {})} />
            <Button size="small" type="text" onClick={() => stop.current?.abort()}>
              {say('stopUpload')}
            </Button>
          </div>
        ) : (
          <>
            <p className={styles.invite}>
              {isOver ? say('dropNow') : !isPhone && say('dropHere')}
              <Button type="primary" onClick={() => input.current?.click()}>
                {say('chooseFile')}
              </Button>
            </p>
            <p className={styles.hint} id={`${id}hint`}>
              {say('dropHint', { limit: limitMegabytes })}
            </p>
          </>
        )}
        <input
          ref={input}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.xlsx"
          aria-label={say('chooseFile')}
          onChange={(event) => {
            void take(event.target.files)
            event.target.value = ''
          }}
        />
      </div>
      <FieldError>{refusal}</FieldError>
    </section>
  )
}
