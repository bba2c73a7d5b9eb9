import { EventEmitter, once } from 'node:events';
import type { Browser } from 'playwright-core';
import { TestService } from '../../support/service';
import { medianOf } from '../comparison/compare';

const ROUNDS = 9;
const THROTTLE = 4;
const MOST_MS = 600;
const MOST_REQUESTS = 2;

interface FirstState {
  /** Milliseconds from the navigation to the first frame with the state of the sync. */
  readonly ms: number;
  readonly requests: number;
}

/** Opens the settings page with nothing cached, on a processor four times slower, until it shows the state. */
export async function firstState(browser: Browser): Promise<boolean> {
  const service = await TestService.start('embedded');
  try {
    await configure(service);
    await openOnce(service, browser); // the server's own first answers
    const states: FirstState[] = [];
    for (let round = 0; round < ROUNDS; round++) states.push(await openOnce(service, browser));
    const times = states.map(({ ms }) => Math.round(ms));
    const requests = Math.max(...states.map((state) => state.requests));
    console.log(`first state at ${THROTTLE} x throttle: median ${medianOf(times)} ms (${times.join(', ')})`);
    console.log(`requests before it: ${requests}`);
    return medianOf(times) <= MOST_MS && requests <= MOST_REQUESTS;
  } finally {
    await service.stop();
  }
}

async function configure(service: TestService): Promise<void> {
  const admin = await service.as();
  const { gitlab } = service;
  const { id: projectId } = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
  const { value: token } = gitlab.givenToken('ada');
  await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
  await admin.put('gitlab/project', { projectId }).expect(200);
  await admin.settled();
}

async function openOnce(service: TestService, browser: Browser): Promise<FirstState> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    const states = new EventEmitter();
    const seen = once(states, 'seen') as Promise<[FirstState]>;
    page.on('pageerror', (error) => states.emit('error', error));
    await page.exposeFunction('noteFirstState', (state: FirstState) => states.emit('seen', state));
    await page.addInitScript(NOTE_FIRST_STATE);
    const token = encodeURIComponent(await service.token());
    await page.goto(`${service.url}/panel#token=${token}&org=${service.org}`);
    return (await seen)[0];
  } finally {
    await context.close();
  }
}

/** Runs in the page, frame by frame. */
const NOTE_FIRST_STATE = `(() => {
  const look = () => {
    const pill = document.querySelector('dot-gitlab-sync')?.shadowRoot?.querySelector('.pill');
    if (!pill?.textContent) return void requestAnimationFrame(look);
    const requests = performance.getEntriesByType('resource').length;
    globalThis.noteFirstState({ ms: performance.now(), requests });
  };
  requestAnimationFrame(look);
})()`;
