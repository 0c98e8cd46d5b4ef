/** The words alone of lines such as `time="…" level=fatal msg="no such image: \"x\""`, as Go's logrus prints where no terminal is. */
export function withoutLogFrame(text: string): string {
  return text.replace(/^time="[^"]*" level=\w+ msg=("(?:[^"\\]|\\.)*"|\S+)/gm, (_, said: string) => unquoted(said));
}

function unquoted(said: string): string {
  if (!said.startsWith('"')) return said;
  try {
    return String(JSON.parse(said));
  } catch {
    // Go quotes some characters in a way of its own.
    return said.slice(1, -1);
  }
}
