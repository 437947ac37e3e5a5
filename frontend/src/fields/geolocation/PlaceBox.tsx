/** Takes a place: typed, taken from the device, or copied from a Chinese map and shifted back. */
import { LocateFixed } from 'lucide-react'
import { useState } from 'react'
import { defineMessages } from '@/lib/i18n'
import type { InputProps } from '@/registry/field_kind'
import { Button } from '@/ui/Button'
import { TextBox } from '@/ui/inputs/TextBox'
import { fromGcj } from './maps'
import { readPlace, writtenPlace } from './places'
import styles from './geolocation.module.css'

const useText = defineMessages('geolocation-box', {
  'zh-CN': {
    here: '当前位置', finding: '正在定位…', from_gcj: '由高德 / 腾讯坐标换算', converted: '已从 GCJ-02 换算为 WGS-84',
    denied: '浏览器没有允许定位，请在地址栏的权限里打开。', failed: '没能取到位置，请重试或手动填写。', none: '这个浏览器不能定位，请手动填写。',
  },
  en: {
    here: 'Current position', finding: 'Finding…', from_gcj: 'Convert from AMap or Tencent', converted: 'Converted from GCJ-02 to WGS-84',
    denied: 'The browser does not allow it. Allow the position beside the address.', failed: 'The position was not found. Try again or type it.', none: 'This browser knows no position. Type it.',
  },
})

export function PlaceBox(props: InputProps<string>) {
  const { value, onChange, place, disabled } = props
  const say = useText()
  const [state, setState] = useState<'finding' | 'denied' | 'failed' | 'none' | 'converted' | null>(null)

  function find(): void {
    if (!('geolocation' in navigator)) {
      setState('none')
      return
    }
    setState('finding')
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState(null)
        onChange(writtenPlace({ lat: coords.latitude, lon: coords.longitude }))
      },
      (error) => setState(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
      { enableHighAccuracy: true, timeout: 15_000 },
    )
  }
  const read = value === null ? null : readPlace(value)
  const box = (
    <TextBox
      {...props}
      placeholder="31.230416, 121.473701"
      onChange={(text) => {
        setState(null)
        onChange(text)
      }}
    />
  )
  if (place === 'cell') return box
  return (
    <div className={styles.box}>
      {box}
      <div className={styles.deeds}>
        <Button type="text" size="small" disabled={disabled === true} loading={state === 'finding'} icon={<LocateFixed size={14} aria-hidden />} onClick={find}>
          {say(state === 'finding' ? 'finding' : 'here')}
        </Button>
        {read && state !== 'converted' && (
          <Button
            type="text"
            size="small"
            disabled={disabled === true}
            onClick={() => {
              onChange(writtenPlace(fromGcj(read)))
              setState('converted')
            }}
          >
            {say('from_gcj')}
          </Button>
        )}
      </div>
      {state !== null && state !== 'finding' && (
        <span className={state === 'converted' ? styles.note : styles.problem} role={state === 'converted' ? 'status' : 'alert'}>
          {say(state)}
        </span>
      )}
    </div>
  )
}
