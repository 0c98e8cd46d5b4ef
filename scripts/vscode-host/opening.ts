/** What `npm start` opens. */
export interface Opening {
  /** Absolute. */
  readonly folder: string;
  /** Ours, so VS Code need not ask whether it is trusted. */
  readonly isExample: boolean;
  /** For everything VS Code writes; removed at the end. Absolute. */
  readonly scratch: string;
}
