import type { ComponentChildren, VNode } from 'preact';

interface MailPageProps {
  readonly title: string;
  readonly footer: readonly string[];
  readonly baseUrl: string;
  readonly children: ComponentChildren;
}

const BODY = 'margin:0;padding:0;background:#f4f5f6;color:#1e2125;font:16px/1.5 Inter,Arial,Helvetica,sans-serif';

/** What every mail has around it. */
export const MailPage = ({ title, footer, baseUrl, children }: MailPageProps): VNode => (
  <html lang="sv">
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light" />
      <title>{title}</title>
    </head>
    <body style={BODY}>
      <main style="max-width:640px;margin:0 auto;padding:24px 16px">
        <h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{title}</h1>
        {children}
        <footer style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #b4b9c1;color:#43474e;font-size:14px">
          {footer.map((line) => (
            <p style="margin:0 0 4px">{line}</p>
          ))}
          <p style="margin:0">
            <a href={baseUrl} style="color:#00458f">
              Diarium
            </a>
          </p>
        </footer>
      </main>
    </body>
  </html>
);
