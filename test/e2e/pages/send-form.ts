import type { Page } from 'playwright-core';

/**
 * Sends a form of the page, past what the browser itself would stop.
 *
 * @param action of the form
 * @param fill some of its fields, the others as they stand; `wrong` has nothing chosen, and 5,000 letters in each field
 * @param to where it goes instead, as by another button
 * @returns the status of the answer, which then is the page
 */
export async function sendForm(
  page: Page,
  action: string,
  fill: Readonly<Record<string, string>> | 'wrong',
  to = action,
): Promise<number> {
  const sent = page.waitForResponse((response) => response.request().method() === 'POST');
  const loaded = page.waitForEvent('load');
  await page.evaluate(
    ([path, given, goesTo]) => {
      const form = document.querySelector<HTMLFormElement>(`form[action="${path}"]`);
      if (form === null) throw new Error(`no form to ${path}`);
      for (const one of form.elements) {
        const isSelect = one instanceof HTMLSelectElement;
        if (!(one instanceof HTMLInputElement || isSelect || one instanceof HTMLTextAreaElement)) continue;
        const value = given === 'wrong' ? undefined : given[one.name];
        if (one instanceof HTMLInputElement && ['radio', 'checkbox'].includes(one.type)) {
          if (given === 'wrong') one.checked = false;
          else if (value !== undefined) one.checked = one.value === value;
        } else if (value !== undefined) {
          one.value = value;
        } else if (given === 'wrong' && one.type !== 'hidden') {
          one.value = one.closest('.field.day') !== null ? 'i morgon' : 'x'.repeat(5000);
        }
      }
      form.action = goesTo;
      form.submit();
    },
    [action, fill, to] as const,
  );
  const [response] = await Promise.all([sent, loaded]);
  return response.status();
}
