import { setImmediate as otherWork } from 'node:timers/promises';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsPlainText, ValidationFailed } from '@app/http';
import type { FileEdit } from '../application/edit-files';
import { MOST_OPERATIONS } from '../domain/change-limits';
import { EditOptions } from './edit.dto';

const OPS = ['put', 'delete', 'move'] as const;
/** Longest path that a file can have. */
const LONGEST_PATH = 4_096;
/** Characters converted to bytes in one tick. */
const STEP = 512 * 1024;

export class EditBody {
  @ApiProperty({ enum: OPS })
  @IsIn(OPS)
  op: (typeof OPS)[number];

  @ApiProperty({ example: 'notes/churn.md' })
  @IsString()
  @MaxLength(LONGEST_PATH)
  path: string;

  @ApiPropertyOptional({
    example: '# Churn\n',
    description: 'Required for `put`; a `move` without it keeps the text',
  })
  @ValidateIf(({ op, content }: EditBody) => op === 'put' || content !== undefined)
  @IsString()
  content?: string;

  @ApiPropertyOptional({ example: 'notes/old-name.md', description: 'Required for `move`' })
  @ValidateIf(({ op, from }: EditBody) => op === 'move' || from !== undefined)
  @IsString()
  @MaxLength(LONGEST_PATH)
  from?: string;
}

export class ChangesBody extends EditOptions {
  @ApiProperty({ type: [EditBody], description: 'Applied in order', maxItems: MOST_OPERATIONS })
  @IsArray()
  @ArrayMinSize(1)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => EditBody)
  changes: EditBody[];

  /** Converts texts to bytes in steps, because a large text would block other requests. */
  static async edits({ changes }: ChangesBody): Promise<FileEdit[]> {
    const edits: FileEdit[] = [];
    let letters = 0;
    for (const [index, edit] of changes.entries()) {
      letters += edit.content?.length ?? 0;
      if (letters > STEP) {
        await otherWork();
        letters = 0;
      }
      edits.push(toEdit(edit, index));
    }
    return edits;
  }
}

export class RestoreBody extends EditOptions {
  @ApiPropertyOptional({ example: 'notes/churn.md', description: 'Required with `version`' })
  @ValidateIf(({ runId, path }: RestoreBody) => runId === undefined || path !== undefined)
  @IsPlainText(LONGEST_PATH)
  path?: string;

  @ApiPropertyOptional({ example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0', description: "The version's id" })
  @ValidateIf(({ runId, version }: RestoreBody) => runId === undefined || version !== undefined)
  @IsPlainText(200)
  version?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Instead of both: undoes what a sync run changed' })
  @ValidateIf(({ runId }: RestoreBody) => runId !== undefined)
  @IsPlainText(200)
  runId?: string;
}

function toEdit({ op, path, content, from = '' }: EditBody, index: number): FileEdit {
  if (op === 'delete') return { op, path };
  const bytes = content === undefined ? undefined : bytesOf(content, index);
  return op === 'move' ? { op, from, path, content: bytes } : { op, path, content: bytes ?? Buffer.alloc(0) };
}

/** Refuses half of a surrogate pair: JSON can carry it, UTF-8 cannot. */
function bytesOf(content: string, index: number): Buffer {
  if (content.isWellFormed()) return Buffer.from(content);
  throw new ValidationFailed([{ field: `changes.${index}.content`, detail: 'is not valid Unicode' }]);
}
