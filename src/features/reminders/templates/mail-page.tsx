import type { ComponentChildren, VNode } from 'preact';
import { MailFrame } from '../../../platform/mail/mail-frame.js';

interface MailPageProps {
  readonly title: string;
  readonly footer: readonly string[];
  readonly baseUrl: string;
  readonly children: ComponentChildren;
}

/** A mail about cases: below it why it came, and the way to Diarium. */
export const MailPage = ({ title, footer, baseUrl, children }: MailPageProps): VNode => (
  <MailFrame title={title}>
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
  </MailFrame>
);
