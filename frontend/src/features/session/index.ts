/** Coming in: signing in and the first visit. */
export { SetUpPage } from './SetUpPage'
export { SignInPage } from './SignInPage'
