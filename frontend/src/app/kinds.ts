/** Lists every kind this build knows. A new kind is a folder and a line here. */
import { board } from '@/view-kinds/board'
import { registerFieldKinds, registerViewKinds } from '@/registry/registry'

registerFieldKinds([])
registerViewKinds([board])
