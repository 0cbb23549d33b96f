import { createContext } from 'preact';

/** The token that `Form` writes into every form of the page. */
export const FormToken = createContext<string | null>(null);
