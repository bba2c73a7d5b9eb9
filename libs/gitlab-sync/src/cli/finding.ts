/** Reports the findings of `doctor` about one part of an installation. */
export interface Finding {
  readonly subject: string;
  readonly ok: boolean;
  /** A fact if the part is ok, and otherwise what to do. */
  readonly text: string;
}

export const fine = (subject: string, text: string): Finding => ({ subject, ok: true, text });
export const broken = (subject: string, text: string): Finding => ({ subject, ok: false, text });

/** Returns the code of an error or of its cause, or its message if neither has one. */
export function reasonOf(error: unknown): string {
  const { code, message, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  return code ?? cause?.code ?? message;
}
