// The YAML language server that editors run, asked over its own protocol about one text at a time.

import { spawn } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PROGRAM = fileURLToPath(new URL('node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url));

/** @typedef {{ id?: number, method?: string, params?: any, result?: any, error?: { message: string } }} Message */

/** The messages that a program speaks over its standard streams. */
class Line {
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  #last = 0;
  #rest = Buffer.alloc(0);

  /** @param {import('node:child_process').ChildProcessByStdio<any, any, null>} program @param {(asked: Message) => any} answer */
  constructor(program, answer) {
    this.program = program;
    this.answer = answer;
    program.stdout.on('data', (/** @type {Buffer} */ bytes) => this.#take(bytes));
  }

  /** @param {Message} message */
  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.program.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  /** @param {string} method @param {any} params @returns {Promise<any>} */
  request(method, params) {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.send({ id, method, params });
    return answered;
  }

  /** @param {Buffer} bytes */
  #take(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#rest.subarray(0, Math.max(end, 0)).toString())?.[1]);
      if (end < 0 || this.#rest.length < end + 4 + length) return;
      const body = this.#rest.subarray(end + 4, end + 4 + length).toString();
      this.#rest = this.#rest.subarray(end + 4 + length);
      this.#receive(JSON.parse(body));
    }
  }

  /** @param {Message} message */
  #receive(message) {
    if (message.method) {
      const result = this.answer(message) ?? null;
      if (message.id !== undefined) this.send({ id: message.id, result });
      return;
    }
    const waiting = this.#waiting.get(message.id ?? 0);
    this.#waiting.delete(message.id ?? 0);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}

/** A server that speaks a language and has a schema for each name of a file. */
export class LanguageServer {
  /** @type {Map<string, (found: any[]) => void>} */
  #published = new Map();
  #opened = 0;
  #settings;
  #line;

  /** @param {{ [name: string]: string }} schemas the path of a schema by the name of the files that it is for */
  constructor(schemas) {
    const files = Object.entries(schemas).map(([name, path]) => [pathToFileURL(path).href, name]);
    const yaml = { schemas: Object.fromEntries(files), schemaStore: { enable: false }, validate: true, hover: true, completion: true };
    this.#settings = /** @type {{ [section: string]: any }} */ ({ yaml });
    const program = spawn(process.execPath, [PROGRAM, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#line = new Line(program, (asked) => this.#answer(asked));
  }

  /** @param {string} locale */
  async start(locale) {
    await this.#line.request('initialize', {
      processId: process.pid,
      rootUri: null,
      locale,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true } },
          hover: { contentFormat: ['markdown'] },
          publishDiagnostics: {},
        },
      },
    });
    this.#line.send({ method: 'initialized', params: {} });
    this.#line.send({ method: 'workspace/didChangeConfiguration', params: { settings: this.#settings } });
    return this;
  }

  async stop() {
    const ended = new Promise((resolve) => this.#line.program.once('exit', resolve));
    await this.#line.request('shutdown', null);
    this.#line.send({ method: 'exit' });
    await ended;
  }

  /** What is wrong with `text`: the lines in question, from 1, and the words. @param {string} name @param {string} text */
  async faults(name, text) {
    const { found } = await this.#open(name, text);
    const lines = found.map(({ range, message }) => ({ line: range.start.line + 1, message }));
    return lines.sort((one, other) => one.line - other.line || (one.message < other.message ? -1 : 1))
      .map(({ line, message }) => `${line}: ${message}`);
  }

  /** What is proposed at the `|` in `text`. @param {string} name @param {string} text @returns {Promise<string[]>} */
  async completions(name, text) {
    const answer = await this.#ask('textDocument/completion', name, text);
    return answer.items.map((/** @type {{ label: string }} */ { label }) => label);
  }

  /** What is explained at the `|` in `text`. @param {string} name @param {string} text @returns {Promise<string>} */
  async hover(name, text) {
    const answer = await this.#ask('textDocument/hover', name, text);
    return answer?.contents.value ?? '';
  }

  /** @param {string} method @param {string} name @param {string} text */
  async #ask(method, name, text) {
    const before = text.slice(0, text.indexOf('|')).split('\n');
    const { uri } = await this.#open(name, text.replace('|', ''));
    const position = { line: before.length - 1, character: before[before.length - 1].length };
    return this.#line.request(method, { textDocument: { uri }, position });
  }

  /** Opens `text`, and waits for what is wrong with it. @param {string} name @param {string} text */
  async #open(name, text) {
    this.#opened += 1;
    const uri = `file:///guide${this.#opened}/${name}`;
    /** @type {Promise<any[]>} */
    const found = new Promise((resolve) => this.#published.set(uri, resolve));
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    this.#line.send({ method: 'textDocument/didOpen', params: { textDocument } });
    return { uri, found: await found };
  }

  /** @param {Message} asked */
  #answer({ method, params }) {
    if (method === 'workspace/configuration') {
      return params.items.map((/** @type {{ section: string }} */ { section }) => this.#settings[section] ?? {});
    }
    if (method === 'textDocument/publishDiagnostics') this.#published.get(params.uri)?.(params.diagnostics);
    return undefined;
  }
}
