const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`)
    .exec(tag)?.[1]
    ?.replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&') ?? null;

/** What a browser would send of a page's form as it stands: hidden fields, what is typed, and boxes that are ticked. */
export function formIn(html: string, action: string): Record<string, string> {
  const form = [...html.matchAll(/<form\b[^>]*>.*?<\/form>/gs)]
    .map(([text]) => text)
    .find((text) => attribute(text.slice(0, text.indexOf('>') + 1), 'action') === action);
  if (form === undefined) throw new Error(`no form to ${action}`);
  const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  const sent = inputs.filter((tag) => attribute(tag, 'type') !== 'checkbox' || /\schecked[\s>/]/.test(tag));
  return Object.fromEntries(sent.map((tag) => [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '']));
}
