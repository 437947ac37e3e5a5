/** Takes a signature: drawn by finger, pen or mouse, taken back stroke by stroke, then kept as a picture. */
import { Check, Eraser, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { thumbnailAddress, uploadFile } from '@/api/files'
import type { StoredFile } from '@/api/files'
import { problemText } from '@/api/problem'
import { defineMessages } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { Button } from '@/ui/Button'
import { UPLOADING, filesIn } from '@/ui/inputs/files'
import { draw, pictureOf } from './strokes'
import type { Point, Stroke } from './strokes'
import styles from './signature.module.css'

const useText = defineMessages('signature', {
  'zh-CN': { here: '在这里签名', keep: '确认签名', undo: '撤销一笔', clear: '清空', again: '重新签名', remove: '删除签名', file: '签名', signed: '已签名', keeping: '正在保存…' },
  en: { here: 'Sign here', keep: 'Use this signature', undo: 'Take back a stroke', clear: 'Clear', again: 'Sign again', remove: 'Remove', file: 'signature', signed: 'Signed', keeping: 'Saving…' },
})

export function SignaturePad({ value, onChange, id, disabled, invalid, field, onDone, ...aria }: InputProps<StoredFile[]>) {
  const say = useText()
  const [held] = useState(() => filesIn(value)[0])
  const [isSigning, setSigning] = useState(held === undefined)
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [state, setState] = useState<'drawing' | 'keeping' | 'kept'>('drawing')
  const [problem, setProblem] = useState<string | null>(null)
  const [kept, setKept] = useState<StoredFile | undefined>(held)

  function change(next: readonly Stroke[]): void {
    setStrokes(next)
    setProblem(null)
    setState('drawing')
    // Until it is kept, what is drawn is no value: nobody saves a record in the belief that it was signed.
    onChange(next.length > 0 ? (UPLOADING as unknown as StoredFile[]) : held ? [held] : null)
  }
  async function keep(): Promise<void> {
    setState('keeping')
    try {
      const stored = await uploadFile(await pictureOf(strokes, `${say('file')}.png`), () => undefined)
      setKept(stored)
      setState('kept')
      setSigning(false)
      onChange([stored])
      onDone?.([stored])
    } catch (failure) {
      setProblem(problemText(failure))
      setState('drawing')
    }
  }

  const described = { 'aria-labelledby': aria['aria-labelledby'], 'aria-describedby': aria['aria-describedby'] }
  if (!isSigning && kept) {
    return (
      <div className={styles.pad} role="group" id={id} tabIndex={-1} {...described}>
        <img className={styles.kept} src={thumbnailAddress(kept.id)} alt={say('signed')} />
        <div className={styles.deeds}>
          <Button disabled={disabled === true} icon={<Eraser size={14} aria-hidden />} onClick={() => setSigning(true)}>
            {say('again')}
          </Button>
          {!field.required && (
            <Button
              type="text"
              disabled={disabled === true}
              onClick={() => {
                setKept(undefined)
                setSigning(true)
                setStrokes([])
                onChange(null)
              }}
            >
              {say('remove')}
            </Button>
          )}
        </div>
      </div>
    )
  }
  return (
    <div className={styles.pad} role="group" id={id} tabIndex={-1} data-invalid={invalid || undefined} {...described}>
      <Sheet strokes={strokes} isOff={disabled === true || state === 'keeping'} onChange={change} label={say('here')} />
      <div className={styles.deeds}>
        <Button type="primary" disabled={strokes.length === 0 || disabled === true} loading={state === 'keeping'} icon={<Check size={14} aria-hidden />} onClick={() => void keep()}>
          {say(state === 'keeping' ? 'keeping' : 'keep')}
        </Button>
        <Button type="text" disabled={strokes.length === 0} icon={<Undo2 size={14} aria-hidden />} onClick={() => change(strokes.slice(0, -1))}>
          {say('undo')}
        </Button>
        <Button type="text" disabled={strokes.length === 0} onClick={() => change([])}>
          {say('clear')}
        </Button>
      </div>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

interface SheetProps {
  strokes: readonly Stroke[]
  isOff: boolean
  label: string
  onChange: (strokes: readonly Stroke[]) => void
}

function Sheet({ strokes, isOff, label, onChange }: SheetProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const open = useRef<Point[] | null>(null)
  function redraw(more: readonly Stroke[] = []): void {
    const sheet = canvas.current
    const context = sheet?.getContext('2d')
    if (!sheet || !context) return
    const scale = window.devicePixelRatio || 1
    const [width, height] = [Math.round(sheet.clientWidth * scale), Math.round(sheet.clientHeight * scale)]
    if (sheet.width !== width || sheet.height !== height) Object.assign(sheet, { width, height })
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, width, height)
    draw(context, [...strokes, ...more], getComputedStyle(sheet).color)
  }
  useEffect(() => redraw())
  const at = (event: PointerEvent): Point => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY })
  function end(): void {
    const stroke = open.current
    open.current = null
    if (stroke) onChange([...strokes, stroke])
  }
  return (
    <div className={styles.sheet} data-blocks-keys>
      {strokes.length === 0 && (
        <span className={styles.here} aria-hidden>
          {label}
        </span>
      )}
      <canvas
        ref={canvas}
        className={styles.canvas}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          if (isOff || event.button !== 0) return
          event.preventDefault()
          event.currentTarget.setPointerCapture(event.pointerId)
          open.current = [at(event)]
          redraw([open.current])
        }}
        onPointerMove={(event) => {
          if (!open.current) return
          open.current.push(at(event))
          redraw([open.current])
        }}
        onPointerUp={end}
        onPointerCancel={end}
      />
    </div>
  )
}
