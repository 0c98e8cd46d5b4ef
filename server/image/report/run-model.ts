/** What a run of the image, and other programs, add to a report. Times in milliseconds, sizes in bytes. */
export interface StartReport {
  readonly outcome: 'exited' | 'running' | 'refused';
  /** Exit status; undefined for one that still ran when the time was over. */
  readonly code?: number;
  readonly milliseconds: number;
  /** Milliseconds until it listened, and where; undefined when it did not. */
  readonly listening?: { readonly port: number; readonly milliseconds: number };
  /** Largest resident memory in bytes that was seen. */
  readonly memory?: number;
  /** First lines of both streams, at most 20. */
  readonly output: readonly string[];
  /** One sentence when the failure is a known one. */
  readonly explanation?: string;
}

export interface SupplyChain {
  /** Packages in the SBOM. */
  readonly packages: number;
  readonly tools: readonly ToolReport[];
}

export interface ToolReport {
  readonly tool: 'syft' | 'grype' | 'trivy' | 'govulncheck' | 'cosign';
  /** `available`: a scan runs it. `unfit`: it is there, and has nothing to say of this image. */
  readonly state: 'missing' | 'ran' | 'failed' | 'available' | 'unfit';
  /** One line: what it found, why it failed or has nothing to say, where it is, or how to get it. */
  readonly summary: string;
  /** The worst of what it found, worst first, at most five: severity, name, package, version, fixed version, Go program. */
  readonly worst?: readonly string[];
}
