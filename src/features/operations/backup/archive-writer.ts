import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { SealedMember } from './manifest.js';
import { END, headerOf, paddingOf } from './tar-header.js';

const PIECE = 1024 * 1024;

/** Writes members to a file one after another, and works out the hash of each on the way. */
export class ArchiveWriter {
  private readonly seconds: number;

  private constructor(
    private readonly file: FileHandle,
    takenAt: Date,
  ) {
    this.seconds = Math.floor(takenAt.getTime() / 1000);
  }

  /** @throws when there is a file of that name */
  static async create(path: string, takenAt: Date): Promise<ArchiveWriter> {
    return new ArchiveWriter(await open(path, 'wx', 0o600), takenAt);
  }

  /** @throws Error when the file changes its size meanwhile, which those that are backed up never do */
  async addFile(name: string, path: string, goOn: (bytes: number) => void): Promise<SealedMember> {
    const source = await open(path, 'r');
    try {
      const { size } = await source.stat();
      await this.file.appendFile(headerOf({ name, size }, this.seconds));
      const hash = createHash('sha256');
      const piece = Buffer.allocUnsafe(PIECE);
      let left = size;
      while (left > 0) {
        const { bytesRead } = await source.read(piece, 0, Math.min(PIECE, left));
        if (bytesRead === 0) break;
        hash.update(piece.subarray(0, bytesRead));
        await this.file.appendFile(piece.subarray(0, bytesRead));
        left -= bytesRead;
        goOn(bytesRead);
      }
      if (left > 0) throw new Error(`${name} has become shorter while it was read`);
      await this.file.appendFile(Buffer.alloc(paddingOf(size)));
      return { name, size, sha256: hash.digest('hex') };
    } finally {
      await source.close();
    }
  }

  async addText(name: string, text: string): Promise<void> {
    const bytes = Buffer.from(text, 'utf8');
    await this.file.appendFile(headerOf({ name, size: bytes.length }, this.seconds));
    await this.file.appendFile(bytes);
    await this.file.appendFile(Buffer.alloc(paddingOf(bytes.length)));
  }

  /** Ends the archive. It is on the disk when this resolves. */
  async finish(): Promise<void> {
    await this.file.appendFile(END);
    await this.file.sync();
    await this.file.close();
  }

  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}
