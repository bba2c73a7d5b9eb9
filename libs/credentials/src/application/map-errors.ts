import type { GitLab } from '@app/gitlab';

type Translate = (error: unknown) => Promise<unknown>;

/** Wraps a GitLab client so that `translate` sees each of its errors first and may replace it. */
export function mapErrors(translate: Translate, gitlab: GitLab): GitLab {
  return new Proxy(gitlab, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => translateOne(Reflect.apply(member, target, args), translate);
    },
  });
}

function translateOne(answer: unknown, translate: Translate): unknown {
  if (answer instanceof Promise)
    return answer.catch(async (error: unknown) => {
      throw await translate(error);
    });
  return isAsyncIterable(answer) ? translateAll(answer, translate) : answer;
}

async function* translateAll(answers: AsyncIterable<unknown>, translate: Translate): AsyncGenerator<unknown> {
  try {
    yield* answers;
  } catch (error) {
    throw await translate(error);
  }
}

function isAsyncIterable(answer: unknown): answer is AsyncIterable<unknown> {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
}
