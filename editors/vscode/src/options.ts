// How the server is started and what it is told; without the editor, so that it can be tested alone.

export interface Settings {
  path: string;
  profile: string;
}

/** The program and its arguments. */
export function command(settings: Settings): { command: string; args: string[] } {
  return { command: settings.path.trim() || "infralint", args: ["server"] };
}

/** What the server is told when it starts: this client asks for the reasons of suppressions itself. */
export function initialization(settings: Settings): Record<string, unknown> {
  return settings.profile ? { asksReason: true, profile: settings.profile } : { asksReason: true };
}

/** A reason as it can stand in a comment; undefined for one that says nothing. */
export function reason(typed: string | undefined): string | undefined {
  const words = (typed ?? "").split(/\s+/).filter(Boolean).join(" ");
  return words === "" ? undefined : words;
}
