/** How a code is drawn. */
export type Symbology = 'qr' | 'code128' | 'ean13'
