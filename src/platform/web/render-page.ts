import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';

/** A whole page from its `Document`, or a mail from its `MailFrame`. Text is escaped by Preact; nothing else may write HTML. */
export const renderPage = (page: VNode): string => `<!doctype html>${render(page)}`;
