import page from './styles/page.css?inline';
import more from './styles/more.css?inline';
import panel from './styles/panel.css?inline';
import tokens from './styles/tokens.css?inline';

const sheets = new Map<string, CSSStyleSheet>();

/** Constructed sheets are allowed where a policy forbids inline styles. */
function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/** Of everything in the shadow root. */
export const panelSheet = (): CSSStyleSheet => sheetOf(tokens + panel + more);

/** Of the document around the element, on the page of its own. */
export const pageSheet = (): CSSStyleSheet => sheetOf(tokens + page);
