import type { Html } from './html.ts';

/**
 * Light, dark and high contrast as the reader has it: an editor's own colours where it gives them, else the system's. Colours
 * are never the only sign.
 */
export const style: Html = {
  text: `
:root { color-scheme: light dark; --back: var(--vscode-editor-background, Canvas); --front: var(--vscode-editor-foreground, CanvasText);
  --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #8886)); --bar: var(--vscode-charts-blue, #3b82c4); }
body.vscode-dark { color-scheme: dark; } body.vscode-light { color-scheme: light; }
body { font: 15px/1.5 var(--vscode-font-family, system-ui, sans-serif); margin: 2rem auto; max-width: 62rem; padding: 0 1rem;
  background: var(--back); color: var(--front); }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
a { color: var(--vscode-textLink-foreground, LinkText); }
a:focus-visible { outline: 2px solid var(--vscode-focusBorder, Highlight); outline-offset: 2px; }
.size { font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
td:first-child, th:first-child { white-space: nowrap; }
.bar { display: block; width: 8rem; height: .7rem; border: 1px solid var(--line); margin-top: .35rem; }
.bar rect { fill: var(--bar); }
svg.map { width: 100%; height: auto; margin: .5rem 0 1rem; } .map text { font-size: 11px; fill: #111; pointer-events: none; }
.map .head { font-weight: 600; } .map rect { stroke: var(--back); stroke-width: 1; fill-opacity: .95; }
.map .d2 { fill-opacity: .8; } .map .d3 { fill-opacity: .65; }
.vscode-high-contrast .map rect, .vscode-high-contrast-light .map rect { stroke: #000; stroke-width: 1.5; fill: #fff; fill-opacity: 1; }
.c0 { fill: #7fb2e5; } .c1 { fill: #f2b36b; } .c2 { fill: #9ccb86; } .c3 { fill: #e38b8b; }
.c4 { fill: #b6a1dc; } .c5 { fill: #d9c56b; } .c6 { fill: #84cdca; } .c7 { fill: #d7a3c4; }
`,
};
