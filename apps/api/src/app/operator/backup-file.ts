import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';
import { OperatorError } from './operator-error';

/**
 * A backup is gzip over lines of JSON: the header; each row as [table, row], tables in the order in which they can be filled; the end. The rows
 * are kept as the database wrote them, since reading them as JavaScript's numbers would change large ones.
 */
export const BACKUP_FORMAT = 'voxreach-backup';

/** Counts up when an older version could not read it. */
export const BACKUP_VERSION = 1;

export type RowCounts = Record<string, number>;

/** What a backup begins with. */
export interface BackupHeader {
  format: typeof BACKUP_FORMAT;
  version: number;
  createdAt: string;
  migrations: readonly string[];
  /** Name the JWT_SECRET and, where it was set, the JWT_SECRET_PREVIOUS that passwords and second factors are sealed with, and tell nothing of them. */
  keys: readonly string[];
  rows: RowCounts;
  sequences: Record<string, string>;
}

/** What a backup ends with; one without it is not whole. */
export interface BackupEnd {
  end: true;
  rows: RowCounts;
  /** Of all bytes before this line, before they are compressed. */
  sha256: string;
}

export const newHash = (): Hash => createHash('sha256');

/** A row as a line; `json` is one line of JSON. */
export const rowLine = (table: string, json: string): string => `["${table}",${json}]\n`;

const ROW = /^\["(\w+)",(.*)\]$/su;

/** Takes a backup apart, and makes sure that nothing is missing or changed. */
interface BackupReader {
  header(header: BackupHeader): Promise<void> | void;
  row?(table: string, json: string): Promise<void> | void;
}

/**
 * Reads a backup to its end.
 * @throws OperatorError when it is none, or not whole
 */
export async function readBackup(file: string, reader: BackupReader): Promise<void> {
  const source = file === '-' ? process.stdin : createReadStream(file);
  try {
    await pipeline(source, createGunzip(), (chunks: AsyncIterable<Buffer>) => readLines(chunks, reader));
  } catch (error) {
    throw readingFailed(file, error as NodeJS.ErrnoException);
  }
}

async function readLines(chunks: AsyncIterable<Buffer>, reader: BackupReader): Promise<void> {
  const hash = newHash();
  const rows: RowCounts = {};
  let header: BackupHeader | undefined;
  let end: BackupEnd | undefined;
  for await (const line of linesOf(chunks)) {
    if (end !== undefined) throw damaged();
    const [, table, json] = ROW.exec(line) ?? [];
    if (header === undefined) {
      header = headerOf(line);
      await reader.header(header);
    } else if (table !== undefined && json !== undefined) {
      rows[table] = (rows[table] ?? 0) + 1;
      await reader.row?.(table, json);
    } else {
      end = parsed(line) as BackupEnd;
      if (end.sha256 !== hash.copy().digest('hex')) throw damaged();
    }
    hash.update(`${line}\n`);
  }
  if (header === undefined) throw noBackup();
  if (end === undefined) throw damaged();
  for (const counts of [header.rows, end.rows])
    for (const [table, count] of Object.entries(counts)) if (count !== (rows[table] ?? 0)) throw damaged();
}

/** Not `readline`, for which some characters inside of texts end a line, too. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  // Each line has an end, also the last one.
  if (rest !== '') throw damaged();
}

function headerOf(line: string): BackupHeader {
  const header = parsed(line) as BackupHeader | undefined;
  if (header?.format !== BACKUP_FORMAT) throw noBackup();
  if (header.version !== BACKUP_VERSION)
    throw new OperatorError(
      'This backup was made by another version of VoxReach, in a way that this one cannot read.',
    );
  return header;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readingFailed(file: string, error: NodeJS.ErrnoException): Error {
  if (error.code === 'ENOENT') return new OperatorError(`There is no file ${file}.`);
  if (error.code === 'EACCES' || error.code === 'EISDIR')
    return new OperatorError(`The file ${file} cannot be read.`);
  if (error.code === 'Z_DATA_ERROR') return /incorrect header/.test(error.message) ? noBackup() : damaged();
  return error.code === 'Z_BUF_ERROR' ? damaged() : error;
}

const noBackup = () => new OperatorError('This file is no backup of VoxReach. Nothing was written.');

const damaged = () =>
  new OperatorError(
    'This backup is not whole: it was cut off, or changed afterwards. Nothing was written. Use another one.',
  );
