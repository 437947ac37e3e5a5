/** What formatted text may hold; the server keeps the same tags and no others. */
import StarterKit from '@tiptap/starter-kit'

export const extensions = [
  StarterKit.configure({
    heading: { levels: [1, 2, 3] },
    link: { openOnClick: false, autolink: true, protocols: ['http', 'https', 'mailto', 'tel'], HTMLAttributes: { target: '_blank', rel: 'noopener noreferrer nofollow' } },
  }),
]
