import { common } from './words/common';
import { dialogs } from './words/dialogs';
import { setUp } from './words/set-up';
import { notifications } from './words/notifications';
import { proposal } from './words/proposal';
import { settings } from './words/settings';
import { state } from './words/state';

/** All sentences of the page. Another language is another object of this shape. */
export const words = {
  ...common,
  ...setUp,
  ...state,
  ...dialogs,
  ...settings,
  ...notifications,
  ...proposal,
};
