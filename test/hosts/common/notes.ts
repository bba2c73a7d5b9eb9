import { InjectQueue, Process, Processor } from '@nestjs/bull';
import { Body, Controller, Get, Post, VERSION_NEUTRAL } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Queue } from 'bull';
import { IsString } from 'class-validator';
import { Column, Entity, PrimaryGeneratedColumn, Repository } from 'typeorm';

@Entity('notes')
export class Note {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column('text')
  text!: string;
}

export class NewNote {
  @IsString()
  text!: string;
}

/** Jobs that the host's own queue has done. */
export const sent: string[] = [];

@Processor('mail')
export class MailProcessor {
  @Process()
  send(job: { readonly data: { readonly text: string } }): void {
    sent.push(job.data.text);
  }
}

@Controller({ path: 'notes', version: VERSION_NEUTRAL })
export class NotesController {
  constructor(
    @InjectRepository(Note) private readonly notes: Repository<Note>,
    @InjectQueue('mail') private readonly mail: Queue,
  ) {}

  @Get()
  list(): Promise<Note[]> {
    return this.notes.find();
  }

  @Post()
  async add(@Body() { text }: NewNote): Promise<Note> {
    await this.mail.add({ text });
    return this.notes.save({ text });
  }
}
