/** What rebuilding the knowledge takes and gives. Results are plain objects; an absent value is `null`. */

import type { Source } from "../options.js";
import type { Bytes, Manifest } from "../types.js";

/** Builds packs of Markdown and compares them. One call at a time: a second one waits for the first. */
export interface Author {
  /** Checks files and builds a pack of them. Problems in the files are a result, not an error. */
  build(files: SourceFile[], options: BuildOptions): Promise<BuildResult>;
  /** What the new pack changes against the old one. Rejects with a `pack-…` error if one of them is not sound. */
  compare(before: Bytes, after: Bytes): Promise<Comparison>;
  /** Asks both packs golden questions, given as JSON Lines (tests/golden/questions.jsonl describes them). */
  effect(before: Bytes, after: Bytes, questions: string, options?: EffectOptions): Promise<Effect>;
  /** Ends whatever is under way, whose promise rejects with `closed`, and gives the memory back. */
  close(): Promise<void>;
}

/** Where the module comes from. */
export interface AuthorOptions {
  /** The module, already compiled, as bytes or its address; by default the one that comes with the package. */
  wasm?: Source | WebAssembly.Module | undefined;
}

/** A file: its path with `/`, the folder first, and its bytes. */
export type SourceFile = [path: string, bytes: Uint8Array];

/** How a pack is built. */
export interface BuildOptions {
  /** The folders to build, by their first names in the paths; later ones add to and override earlier ones. */
  folders: string[];
  /** Is told how far the work has come. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** How golden questions are asked. */
export interface EffectOptions {
  /** Is told how far the work has come. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** A part of the work, in the order in which they come. */
export type Stage = "answers" | "rules" | "words" | "index" | "examples" | "questions";

/** How far the work has come; 0 of 0 where a stage is not counted. */
export interface Progress {
  stage: Stage;
  done: number;
  of: number;
}

/** A built pack, or why there is none. */
export interface BuildResult {
  /** The pack; `null` if there are problems. */
  pack: Uint8Array | null;
  /** What the pack says of itself; `null` if there are problems. */
  manifest: Manifest | null;
  /** Every problem found, over all files. */
  problems: Problem[];
}

/** What is wrong with a file, and how to mend it. */
export interface Problem {
  /** The file's path; empty if it is about none. */
  file: string;
  /** Line counted from 1; 0 where the whole file is meant. */
  line: number;
  message: string;
}

/** The differences between two packs. */
export interface Comparison {
  answers: Differences;
  rules: Differences;
  /** What else differs, for people: 词语和近义词, 工作日日历, … */
  others: string[];
}

/** What is new, different and gone. */
export interface Differences {
  added: Entry[];
  changed: Changed[];
  removed: Entry[];
  /** How many are the same in both. */
  unchanged: number;
}

/** An answer (by id) or a rule (by code). */
export interface Entry {
  id: string;
  title: string;
  /** 行政区划 code of an answer; 0 for a rule. */
  region: number;
}

/** An answer or a rule that differs, as it is now. */
export interface Changed {
  id: string;
  title: string;
  region: number;
  fields: FieldChange[];
}

/** A field before and now; both are empty where there is no text to show. */
export interface FieldChange {
  /** For people: 问法, 正文, 依据, … */
  name: string;
  before: string;
  after: string;
}

/** What exchanging a pack does to golden questions. */
export interface Effect {
  before: Golden;
  after: Golden;
  /** Questions that are answered better or worse now, worse ones first; only those that may be looked at while tuning. */
  changed: QuestionChange[];
  /** How many of the others are answered better and worse. */
  unlisted: Unlisted;
}

/** Figures over golden questions. */
export interface Golden {
  /** Questions in scope. */
  questions: number;
  /** Right answer first. */
  first: number;
  /** Right answer within three. */
  three: number;
  /** Sum of reciprocal ranks within ten. */
  reciprocal: number;
  /** In scope, but the engine was not sure. */
  refused: number;
  /** Questions out of scope. */
  outside: number;
  /** Out of scope and recognised as such. */
  recognised: number;
  /** Out of scope with a hotline to name, and it is among the routes. */
  routed: number;
  /** Out of scope with a hotline to name. */
  routable: number;
}

/** How many questions, not to be looked at, are answered better and worse. */
export interface Unlisted {
  better: number;
  worse: number;
}

/** A question that is answered better or worse. */
export interface QuestionChange {
  id: string;
  text: string;
  /** 行政区划 code of the asker; 0 if the question names none. */
  region: number;
  /** Whether it is answered better now; else worse. */
  better: boolean;
  /** Ids of the answers wanted; empty if the question is out of scope. */
  wanted: string[];
  before: Place;
  after: Place;
}

/** How a question was answered. */
export interface Place {
  /** Where a right answer stood, from 1; `null` if not within ten, or if the question is out of scope. */
  rank: number | null;
  /** Whether the engine was sure. */
  confident: boolean;
  /** Title of what was found first. */
  first: string | null;
}
