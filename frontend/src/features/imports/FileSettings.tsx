/** How the file is read: encoding and delimiter, or sheet, and where the headers stand. */
import { useId } from 'react'
import { InputNumber, Select } from 'antd'
import type { ImportFileWish } from '@/api/imports'
import type { Import } from '@/api/import_types'
import { FieldLabel } from '@/ui/FieldLabel'
import styles from './FileBar.module.css'
import { useText } from './text'

const encodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'gb18030', label: 'GB18030 (GBK, GB2312)' },
  { value: 'big5', label: 'Big5' },
  { value: 'utf-16', label: 'UTF-16' },
  { value: 'windows-1252', label: 'Windows-1252' },
]

export function FileSettings({ import_, onChange }: { import_: Import; onChange: (wish: ImportFileWish) => void }) {
  const say = useText()
  const id = useId()
  const { file } = import_
  const isWorkbook = file.sheets.length > 0
  const delimiters = [
    { value: ',', label: say('comma') },
    { value: '\t', label: say('tab') },
    { value: ';', label: say('semicolon') },
    { value: '|', label: say('pipe') },
  ]
  return (
    <div className={styles.settings}>
      {isWorkbook ? (
        <div>
          <FieldLabel htmlFor={`${id}sheet`}>{say('sheet')}</FieldLabel>
          <Select
            id={`${id}sheet`}
            value={file.sheet}
            options={file.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
            popupMatchSelectWidth={false}
            style={{ width: '100%' }}
            onChange={(sheet) => sheet && onChange({ sheet })}
          />
        </div>
      ) : (
        <>
          <div>
            <FieldLabel htmlFor={`${id}encoding`}>{say('encoding')}</FieldLabel>
            <Select
              id={`${id}encoding`}
              value={file.encoding}
              options={encodings}
              popupMatchSelectWidth={false}
              style={{ width: '100%' }}
              onChange={(encoding) => encoding && onChange({ encoding })}
            />
          </div>
          <div>
            <FieldLabel htmlFor={`${id}delimiter`}>{say('delimiter')}</FieldLabel>
            <Select
              id={`${id}delimiter`}
              value={file.delimiter}
              options={delimiters}
              style={{ width: '100%' }}
              onChange={(delimiter) => delimiter && onChange({ delimiter })}
            />
          </div>
        </>
      )}
      <div>
        <FieldLabel htmlFor={`${id}header`}>
          {say('headerRow')}
        </FieldLabel>
        <InputNumber
          id={`${id}header`}
          min={0}
          max={100}
          value={file.header_row}
          title={say('headerRowHint')}
          suffix={<span className={styles.facts}>{say('headerRowHint')}</span>}
          style={{ width: 220 }}
          onChange={(row) => row !== null && onChange({ header_row: row })}
        />
      </div>
    </div>
  )
}
