import { join } from 'node:path';

/**
 * Is the directory of the built settings page: `panel.js` defines the element `<dot-gitlab-sync>`, and `index.html`
 * shows it.
 */
export const panelDirectory = join(__dirname, '../../../panel');
