import page from './styles/page.css?inline';
import more from './styles/more.css?inline';
import panel from './styles/panel.css?inline';
import tokens from './styles/tokens.css?inline';

const sheets = new Map<string, CSSStyleSheet>();

/** Builds a constructed style sheet, which is allowed even if a policy forbids inline styles. */
function sheetOf(css: string): CSSStyleSheet {
  const known = sheets.get(css);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  sheets.set(css, sheet);
  return sheet;
}

/** Returns the style sheet of the shadow root. */
export const panelSheet = (): CSSStyleSheet => sheetOf(tokens + panel + more);

/** Returns the style sheet of the document on the standalone page. */
export const pageSheet = (): CSSStyleSheet => sheetOf(tokens + page);
