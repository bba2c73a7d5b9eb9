/** Icon paths, drawn as strokes on a grid of 16 by 16. */
export const ICONS = {
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 100 3.6 1.8 1.8 0 000-3.6z',
  down: 'M8 3v9.5M4 8.8l4 4 4-4',
  up: 'M8 13V3.5M4 7.2L8 3.2l4 4',
  check: 'M3.5 8.5l3 3 6-7',
  chevron: 'M4.5 6.5L8 10l3.5-3.5',
  clock: 'M8 1.8a6.2 6.2 0 100 12.4A6.2 6.2 0 008 1.8zM8 4.5V8l2.4 1.6',
  copy: 'M5.5 5.5h7v8h-7zM10.5 5.5v-3h-7v8h2',
  cross: 'M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2M8 1.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13z',
  fork: 'M5 2.5v11M5 9c4 0 6-1 6-4.5',
  pause: 'M6 4v8M10 4v8',
  spin: 'M13.5 6.5A5.6 5.6 0 003.6 4.8M2.5 9.5a5.6 5.6 0 009.9 1.7M3.4 2v3h3M12.6 14v-3h-3',
  warn: 'M8 5v4M8 11.4v.1M8 1.8L14.6 13.5H1.4z',
} as const;

export type IconName = keyof typeof ICONS;
