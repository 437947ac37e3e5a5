import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Field } from '@/api/types'
import type { StoredFile } from '@/api/files'
import { FilesBox } from './FilesBox'
import { UPLOADING } from './files'

const uploads = vi.hoisted(() => [] as { file: File; progress: (share: number) => void; done: (stored: StoredFile) => void; failed: (problem: unknown) => void }[])
vi.mock('@/api/files', async (original) => ({
  ...(await original<object>()),
  uploadFile: (file: File, progress: (share: number) => void) =>
    new Promise<StoredFile>((done, failed) => uploads.push({ file, progress, done, failed })),
}))

const field = { name: 'drawings', type: 'file', options: { most: 3, most_mb: 1, endings: ['pdf'] } } as unknown as Field
const stored = (name: string): StoredFile => ({ id: `id-${name}`, name, type: 'application/pdf', size: 10, thumbnail: false })

/** As a form does: it gives back what it was told. */
function Held({ start = null, onChange }: { start?: StoredFile[] | null; onChange: (value: unknown) => void }) {
  const [value, setValue] = useState(start)
  return (
    <FilesBox
      value={value}
      field={field}
      place="form"
      onChange={(next) => {
        setValue(next)
        onChange(next)
      }}
    />
  )
}

function choose(container: HTMLElement, ...files: File[]): void {
  const input = container.querySelector('input[type=file]')
  if (input) fireEvent.change(input, { target: { files } })
}

beforeEach(() => {
  uploads.length = 0
})

it('holds files in the order they were chosen, and says meanwhile that they are under way', async () => {
  const onChange = vi.fn()
  const { container } = render(<Held onChange={onChange} />)
  choose(container, new File(['a'], 'a.pdf'), new File(['b'], 'b.pdf'))
  expect(onChange).toHaveBeenLastCalledWith(UPLOADING)
  uploads[1]?.done(stored('b.pdf'))
  await waitFor(() => expect(screen.getByRole('button', { name: '移除 b.pdf' })).toBeInTheDocument())
  expect(onChange).toHaveBeenLastCalledWith(UPLOADING)
  uploads[0]?.done(stored('a.pdf'))
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith([stored('a.pdf'), stored('b.pdf')]))
})

it('refuses what the field does not take before it is sent', () => {
  const onChange = vi.fn()
  const { container } = render(<Held onChange={onChange} />)
  choose(container, new File(['a'], 'a.exe'), new File([new Uint8Array(1024 * 1024 + 1)], 'large.pdf'))
  expect(uploads).toHaveLength(0)
  expect(screen.getByText('只接受 pdf')).toBeInTheDocument()
  expect(screen.getByText('超过 1 MB')).toBeInTheDocument()
  expect(onChange).not.toHaveBeenCalled()
})

it('says why an upload failed and tries again', async () => {
  const onChange = vi.fn()
  const { container } = render(<Held start={[stored('old.pdf')]} onChange={onChange} />)
  choose(container, new File(['a'], 'a.pdf'))
  uploads[0]?.failed(new Error('no network'))
  fireEvent.click(await screen.findByRole('button', { name: '重试 a.pdf' }))
  uploads[1]?.done(stored('a.pdf'))
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith([stored('old.pdf'), stored('a.pdf')]))
})

it('lets go of a file', () => {
  const onChange = vi.fn()
  render(<Held start={[stored('old.pdf')]} onChange={onChange} />)
  fireEvent.click(screen.getByRole('button', { name: '移除 old.pdf' }))
  expect(onChange).toHaveBeenLastCalledWith(null)
})
