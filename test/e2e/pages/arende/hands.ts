import type { Page } from 'playwright-core';

/** How a person works a page. Names are those of labels, buttons and links. */
export interface Hands {
  press(name: string): Promise<void>;
  follow(name: string): Promise<void>;
  unfold(name: string): Promise<void>;
  write(label: string, text: string): Promise<void>;
  /** One of several. */
  choose(label: string): Promise<void>;
  /** @param option the beginning of what is chosen from a list */
  pick(label: string, option: string): Promise<void>;
}

/** Does what leads to another page, or to another content of this one, and waits until it is there. */
export async function arriving(page: Page, act: () => Promise<void>): Promise<void> {
  await page.evaluate(`document.querySelector('main').dataset.left = 'yes'`);
  await act();
  await page.locator('main[data-left]').waitFor({ state: 'detached' });
  await page.waitForLoadState('load');
}

export function mouse(page: Page): Hands {
  return {
    press: (name) => arriving(page, () => page.getByRole('button', { name, exact: true }).click()),
    follow: (name) => arriving(page, () => page.getByRole('link', { name, exact: true }).first().click()),
    unfold: (name) => page.getByText(name).click(),
    write: (label, text) => page.getByLabel(label).first().fill(text),
    choose: (label) => page.getByLabel(label).check(),
    pick: async (label, option) => {
      const list = page.getByLabel(label, { exact: true });
      await list.selectOption({ label: await list.locator('option', { hasText: option }).innerText() });
    },
  };
}

/** The label of a radio button that has the focus, and of the others of its choice, which the arrows lead to. */
const ITS_CHOICE = `(document.activeElement.type === 'radio'
  ? [...document.getElementsByName(document.activeElement.name)].map((one) => one.labels[0].innerText.trim())
  : [(document.activeElement.labels?.[0]?.innerText ?? '').trim()])`;
const LABEL = `(document.activeElement.labels?.[0]?.innerText ?? '').trim()`;
const IS_CHECKED = 'document.activeElement.checked === true';
const FOCUSED = `(document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText ?? '').trim().replace(/\\s+/g, ' ')`;
/** More than any page of ours has to stop at. */
export const MOST_STOPS = 150;

/** Tabs on until what has the focus is called so. */
export async function tabTo(
  page: Page,
  isIt: (name: string) => boolean,
  what: string,
  called: string = FOCUSED,
): Promise<void> {
  for (let n = 0; n < MOST_STOPS; n += 1) {
    await page.keyboard.press('Tab');
    if (isIt(String(await page.evaluate(called)))) return;
  }
  throw new Error(`nothing called ${what} can be reached`);
}

/** Signs in with a password on the page that asks for it. */
export async function enterAs(hands: Hands, email: string, password: string): Promise<void> {
  await hands.write('E-postadress', email);
  await hands.write('Lösenord', password);
  await hands.press('Logga in');
}

/** Everything by keyboard alone: Tab, Enter, Space and letters. */
export function keyboard(page: Page): Hands {
  const to = (name: string): Promise<void> => tabTo(page, (found) => found === name.replace(/\s+/g, ' '), name);
  const toLabel = (label: string): Promise<void> => tabTo(page, (found) => found.startsWith(label), label, LABEL);
  const go = async (name: string): Promise<void> => {
    await to(name);
    await arriving(page, () => page.keyboard.press('Enter'));
  };
  return {
    press: go,
    follow: go,
    unfold: (name) => tabTo(page, (found) => found.startsWith(name), name).then(() => page.keyboard.press('Enter')),
    write: async (label, text) => {
      await toLabel(label);
      // Also where several lines are typed, which Tab does not mark.
      await page.keyboard.press('ControlOrMeta+a');
      if (text === '') await page.keyboard.press('Delete');
      await page.keyboard.type(text);
    },
    choose: async (label) => {
      const isIt = (found: string): boolean => found.startsWith(label);
      let choice: string[] = [];
      for (let n = 0; n < MOST_STOPS && !choice.some(isIt); n += 1) {
        await page.keyboard.press('Tab');
        choice = await page.evaluate(ITS_CHOICE);
      }
      for (let n = 0; n < choice.length && !isIt(String(await page.evaluate(LABEL))); n += 1) {
        await page.keyboard.press('ArrowDown');
      }
      if (!isIt(String(await page.evaluate(LABEL)))) throw new Error(`nothing called ${label} can be chosen`);
      if ((await page.evaluate(IS_CHECKED)) !== true) await page.keyboard.press('Space');
    },
    pick: async (label, option) => {
      await toLabel(label);
      await page.keyboard.type(option);
    },
  };
}
