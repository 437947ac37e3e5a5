/** The drawing of a code: an image, so that what it says is never part of the page. */
import { code128, drawingSVG, ean13, qrcode } from 'bwip-js/generic'
import { useMemo } from 'react'
import type { Symbology } from './symbology'
import styles from './barcode.module.css'

const drawers = { qr: qrcode, code128, ean13 }

function draw(text: string, symbology: Symbology): string | null {
  try {
    const options = symbology === 'qr' ? { scale: 2, eclevel: 'M' as const } : { scale: 2, height: 10 }
    const svg = drawers[symbology]({ bcid: symbology, text, ...options }, drawingSVG())
    return `data:image/svg+xml,${encodeURIComponent(svg)}`
  } catch {
    return null // A text that the code cannot hold is shown as text alone.
  }
}

export function Drawn({ text, symbology }: { text: string; symbology: Symbology }) {
  const source = useMemo(() => draw(text, symbology), [text, symbology])
  return source === null ? null : <img className={symbology === 'qr' ? styles.qr : styles.bars} src={source} alt={text} />
}
