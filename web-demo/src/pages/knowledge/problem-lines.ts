// The lines that problems are about, and problems as a text to hand on.

import type { Problem, SourceFile } from "sheda/author";

/** The problems of one file, in the order of their lines. */
export interface FileProblems {
  file: string;
  problems: { line: number; message: string; text: string }[];
}

/** Problems by file, each with the text of its line. */
export function byFile(problems: Problem[], files: SourceFile[]): FileProblems[] {
  const bytes = new Map(files);
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) groups.set(problem.file, [...(groups.get(problem.file) ?? []), problem]);
  return [...groups].map(([file, found]) => {
    const lines = linesOf(bytes.get(file));
    const shown = found.map(({ line, message }) => ({ line, message, text: (lines[line - 1] ?? "").trimEnd() }));
    return { file, problems: shown.sort((a, b) => a.line - b.line) };
  });
}

/** As `sheda build` prints them: one a line, `file:line: message`. */
export function asText(groups: FileProblems[]): string {
  const lines = groups.flatMap(({ file, problems }) =>
    problems.flatMap(({ line, message, text }) => [`${file}${line ? `:${line}` : ""}: ${message}`, ...(text ? [`    ${text}`] : [])]),
  );
  return `${lines.join("\n")}\n`;
}

/** Another encoding is a problem to be shown, not to fail at. */
function linesOf(bytes: Uint8Array | undefined): string[] {
  if (!bytes) return [];
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes).split("\n");
  } catch {
    return new TextDecoder("gb18030").decode(bytes).split("\n");
  }
}
