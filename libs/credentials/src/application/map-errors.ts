import type { GitLab } from '@app/gitlab';

type Look = (error: unknown) => Promise<unknown>;

/** The same GitLab; what it fails with is looked at first, and may come out as another error. */
export function mapErrors(look: Look, gitlab: GitLab): GitLab {
  return new Proxy(gitlab, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => seen(Reflect.apply(member, target, args), look);
    },
  });
}

function seen(answer: unknown, look: Look): unknown {
  if (answer instanceof Promise)
    return answer.catch(async (error: unknown) => {
      throw await look(error);
    });
  return isAsyncIterable(answer) ? seenAll(answer, look) : answer;
}

async function* seenAll(answers: AsyncIterable<unknown>, look: Look): AsyncGenerator<unknown> {
  try {
    yield* answers;
  } catch (error) {
    throw await look(error);
  }
}

function isAsyncIterable(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}
