import type { Html } from './html.ts';

/** Light and dark as the reader has it; colours are never the only sign. */
export const style: Html = {
  text: `
:root { color-scheme: light dark; --line: #8886; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
.size { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:first-child, th:first-child { white-space: nowrap; }
svg { width: 100%; height: auto; margin: .5rem 0 1rem; } text { font-size: 11px; fill: #111; pointer-events: none; }
rect { stroke: Canvas; stroke-width: 1; } .d0 { fill-opacity: .9; } .d1 { fill-opacity: .75; }
.c0 { fill: #7fb2e5; } .c1 { fill: #f2b36b; } .c2 { fill: #9ccb86; } .c3 { fill: #e38b8b; }
.c4 { fill: #b6a1dc; } .c5 { fill: #d9c56b; } .c6 { fill: #84cdca; } .c7 { fill: #d7a3c4; }
`,
};
