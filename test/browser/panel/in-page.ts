import type { Page } from 'playwright-core';

/** Scripts for the page, as text: the tests' own types know no document. */
const ROOT = `document.querySelector('dot-gitlab-sync').shadowRoot`;

/** Returns the name, as people get it, of the element that has the focus. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const element = ${ROOT}.activeElement;
    if (!element) return '';
    const label = element.labels?.[0]?.textContent;
    return (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim();
  })()`);

export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Sentences with a hole that nothing filled. */
export const fillsLeft = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`${ROOT}.querySelector('main').innerText.match(/\\{\\w+\\}/g) ?? []`);

/** Everything in the shadow root, the values of its fields included. */
export const content = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `${ROOT}.innerHTML + [...${ROOT}.querySelectorAll('input')].map((input) => input.value).join('\\n')`,
  );

/** Resolves when nothing in the page is at work any more. */
export const isQuiet = (page: Page): Promise<void> =>
  page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });

/** Collects the events of this name that the host receives. */
export const listenFor = (page: Page, event: string): Promise<unknown> =>
  page.evaluate(`(() => {
    window.heard ??= [];
    document.addEventListener('${event}', ({ type, detail }) => void window.heard.push({ type, detail }));
  })()`);

export const heard = (page: Page): Promise<{ type: string; detail: unknown }[]> =>
  page.evaluate<{ type: string; detail: unknown }[]>('window.heard');

/** Returns the faults that axe finds in the whole page, the shadow root included. */
export async function violations(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(`(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await axe.run(document, { runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => id + ': ' + html.slice(0, 160) + ' ' + failureSummary));
  })()`);
}
