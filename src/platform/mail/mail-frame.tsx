import type { ComponentChildren, VNode } from 'preact';

interface MailFrameProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

const BODY = 'margin:0;padding:0;background:#f4f5f6;color:#1e2125;font:16px/1.5 Inter,Arial,Helvetica,sans-serif';

/** A title may be one long word, which else makes the mail as wide: the older names are for older mail programs. */
const MAIN =
  'max-width:640px;margin:0 auto;padding:24px 16px;overflow:hidden;' +
  'word-wrap:break-word;word-break:break-word;overflow-wrap:anywhere';

/** What every mail has around it. Styles stand on each element, since mail programs take no others. */
export const MailFrame = ({ title, children }: MailFrameProps): VNode => (
  <html lang="sv">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light" />
      <title>{title}</title>
    </head>
    <body style={BODY}>
      <main style={MAIN}>
        <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{title}</h1>
        {children}
      </main>
    </body>
  </html>
);
