import type { Tri } from '../known.ts';

/** What the sources of one program say about the image it needs: hints for the generator, never grounds for a finding. */
export interface ProgramSignals {
  /** It opens TLS connections to others, and so needs CA certificates. */
  readonly outboundTls: Tri;
  /** It loads time zones by name, and so needs zoneinfo. */
  readonly timeZones: Tri;
  /** It imports time/tzdata: the zones are inside the binary. */
  readonly embedsZones: boolean;
  /** It makes temporary files in the default folder, and so needs /tmp. */
  readonly tempFiles: Tri;
  /** Ports it listens on by its own literals and defaults, in the order met; empty when none is written out. */
  readonly ports: readonly number[];
  /** Files of the embed patterns, relative to the context. */
  readonly embeds: readonly string[];
  /** String variable of package main for `-ldflags "-X main.NAME=…"`. */
  readonly versionVariable: string | undefined;
  /** Files opened by a literal relative path, as written. */
  readonly relativeFiles: readonly string[];
}
