/** A button that does something: Ant Design's, as our tokens dress it. */
import { Button as AntButton } from 'antd'
import type { ButtonProps as AntButtonProps } from 'antd'
import { Kbd } from './Kbd'

export interface ButtonProps extends AntButtonProps {
  /** The key that does the same, shown at the end. */
  keys?: string
}

export function Button({ keys, children, ...rest }: ButtonProps) {
  return (
    <AntButton {...rest}>
      {children}
      {keys && <Kbd>{keys}</Kbd>}
    </AntButton>
  )
}
