/** Lists every kind this build knows. A new kind is a folder and a line here, or in `field_kinds`. */
import { registerFieldKinds, registerViewKinds } from '@/registry/registry'
import { board } from '@/view-kinds/board'
import { table } from '@/view-kinds/table'
import { fieldKinds } from './field_kinds'

registerFieldKinds(fieldKinds)
registerViewKinds([table, board])
