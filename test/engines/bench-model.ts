import type { EngineSettings, Environment } from '../../server/image/engine-model.ts';

/** How an engine is reached. */
export interface Reached {
  readonly settings: EngineSettings;
  readonly environment: Environment;
  /** Of what runs in a build, where the engine has none for it. */
  readonly network?: 'none';
}

/** One engine of the table, and what its faults need. */
export interface Bench {
  readonly name: string;
  readonly reached: Reached;
  /** Starts what the faults are tried on: an engine with a store of a few megabytes, to be stopped in the middle. */
  readonly fragile: () => Promise<Fragile>;
  /** The same engine, started by somebody who may not use it. */
  readonly forbidden: Reached;
}

export interface Fragile {
  readonly reached: Reached;
  /** Ends the engine, as a crash would; the folder is the context of the build that runs. */
  readonly stop: (context: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** An engine that this machine cannot have. */
export interface NotHere {
  readonly name: string;
  readonly reason: string;
}
