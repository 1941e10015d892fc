// Settings of a session: asked for where the client answers, else what it sends; wrong values are said once.
import type { Connection, InitializeParams } from 'vscode-languageserver';
import { readSettings, DEFAULT_SETTINGS } from '../../../protocol/src/readSettings.js';
import { SETTINGS_SECTION, type Settings } from '../../../protocol/src/settings.js';
import { say } from './guard.js';

/** Holds the present settings. */
export class Configuration {
  #settings: Settings = DEFAULT_SETTINGS;
  #pull = false;
  readonly #said = new Set<string>();

  /** `check` finds what only the machine can tell of settings. */
  constructor(private readonly connection: Connection, private readonly check: (settings: Settings) => readonly string[] = () => []) {}

  get settings(): Settings {
    return this.#settings;
  }

  /** Takes what the client can do, and the settings it sends along. */
  initialize(params: InitializeParams, sent: unknown): void {
    this.#pull = params.capabilities.workspace?.configuration === true;
    if (sent !== undefined) this.#take(sent);
  }

  /** Reads the settings anew; `pushed` is what a client sent that answers no requests. */
  async update(pushed: unknown): Promise<Settings> {
    if (this.#pull) {
      try {
        this.#take(await this.connection.workspace.getConfiguration(SETTINGS_SECTION));
      } catch {
        // A client that went away or refuses: what was known holds.
      }
    } else if (typeof pushed === 'object' && pushed !== null) this.#take(SETTINGS_SECTION in pushed ? pushed[SETTINGS_SECTION] : pushed);
    return this.#settings;
  }

  #take(raw: unknown): void {
    const { settings, problems } = readSettings(raw);
    this.#settings = settings;
    for (const problem of [...problems, ...this.check(settings)]) {
      if (this.#said.has(problem)) continue;
      this.#said.add(problem);
      say(this.connection, 'warning', problem);
    }
  }
}
