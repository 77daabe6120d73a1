/**
 * What a program may ask of SheDa, and the shape of every answer. Written by hand; a test compares it with what the
 * engine really returns.
 *
 * Offsets count UTF-16 code units, as JavaScript strings do. Days are `"YYYY-MM-DD"`. Absent values are `null`, never
 * `undefined`. Regions are 行政区划 codes (GB/T 2260), 100000 is the whole country. Results are plain data: they can be
 * kept, changed, posted to a worker and turned into JSON.
 */

/** One engine over one pack, wherever it runs: main thread, worker, Node. Every method may reject with a `ShedaError`. */
export interface Sheda {
  /**
   * Finds answers to a question asked in plain words.
   *
   * An empty question, or one without a letter, digit or Han character, finds nothing (`total` 0). Only the first 600
   * characters or so of a longer one count.
   */
  search(text: string, options?: SearchOptions): Promise<SearchResult>;

  /** Questions that what was typed so far may become, best first: by beginning, inside, by pinyin. */
  suggest(typed: string, options?: SuggestOptions): Promise<Suggestion[]>;

  /** One answer in full; `null` if the pack has no such id. */
  answer(id: string): Promise<Answer | null>;

  /**
   * Checks a reply by the quality rules before it is sent.
   *
   * A `bad-request` names the field: an empty reply, an unknown channel, a day that does not exist, a reply before its question.
   * A pack without rules is `pack-incomplete`, here and in `checkRecord` and `due`.
   */
  check(request: CheckRequest): Promise<CheckReport>;

  /** Checks one ledger record: its columns, and the reply if it has one. What is wrong with a column is a finding, not an error. */
  checkRecord(record: LedgerRecord, options?: CheckRecordOptions): Promise<CheckReport>;

  /**
   * Mends a text by what `check` found in it: one fix of every diagnostic about `field`, those that overlap an earlier one left out.
   * Checking the result and mending it again by safe fixes changes nothing more.
   *
   * @returns the text mended; a `bad-request` if the diagnostics were found in another text
   */
  applyFixes(text: string, diagnostics: Diagnostic[], options?: ApplyFixesOptions): Promise<string>;

  /** Counts a ledger for supervision and evaluation, as `sheda report` does: every record is checked on the way. */
  report(records: LedgerRecord[], options?: ReportOptions): Promise<Figures>;

  /** When an answer is due, by a channel's promise or so many days. Give one of `channel`, `workingDays`, `naturalDays`. */
  due(request: DueRequest): Promise<Due>;

  /** The quality rules: what each checks, why, and examples. Empty if the pack has none; without texts if it leaves out `rule-pages`. */
  rules(): Promise<RulePage[]>;

  /** What the pack says besides its rules: terms, flows, self-inspection; the institution's channels and its ledger's columns. */
  handbook(): Promise<Handbook>;

  /** What the pack says of itself. */
  manifest(): Promise<Manifest>;

  /** Agencies and regions: where to turn, and what regions can be chosen. */
  directory(): Promise<Directory>;

  /**
   * Replaces the pack. The new one is opened first; if it cannot be, the call rejects and the old one stays in use.
   *
   * @returns the new pack's manifest
   */
  replacePack(pack: Bytes): Promise<Manifest>;

  /** Frees the engine (and ends its worker). Calls that are under way, and later ones, reject with code `closed`. */
  close(): Promise<void>;
}

/** Bytes of a file. They are kept for recovery after a fault: do not change them afterwards. */
export type Bytes = ArrayBuffer | Uint8Array;

/** What to search for besides the text. An option that does not exist, or has the wrong type, is a `bad-request`. */
export interface SearchOptions {
  /** How many hits at most; default 10. */
  limit?: number | null;
  /** Where the asker is; default a region named in the question, else the whole country. Answers for other regions are left out. */
  region?: number | null;
  /** Only this 险种, e.g. `"失业"`. */
  insurance?: string | null;
  /** Only this 事项, e.g. `"政策咨询"`. */
  kind?: string | null;
  /** Only this agency, by short name, e.g. `"人社"`. */
  agency?: string | null;
  /** The day whose law is asked for, today for a counter: answers not in force then sink, see `Hit.state`. Default: no check. */
  asOf?: string | null;
}

/** What to complete besides what was typed. */
export interface SuggestOptions {
  /** How many at most; default 8. */
  limit?: number | null;
  /** Where the asker is; default the whole country. */
  region?: number | null;
}

/** A question that what was typed may become. */
export interface Suggestion {
  /** The question, as its editor wrote it. */
  text: string;
  /** The answer that it leads to. */
  id: string;
  /** That answer's title. */
  title: string;
  /** Where what was typed stands in `text`; empty if it was typed in pinyin or stands nowhere as a whole. */
  marks: Span[];
}

/** What a search gives. */
export interface SearchResult {
  /** Best first. */
  hits: Hit[];
  /** How many answers share at least one term with the question, after filters. */
  total: number;
  /** The region searched for: the one chosen, else one named in the question, else 0. */
  region: number;
  /** Whether the first hit very probably answers the question; if not, show `routes` before the hits. */
  confident: boolean;
  /** How much speaks for the first hit, 0 to 1; `confident` is this against a calibrated threshold. */
  confidence: number;
  /** Who knows, best first. */
  routes: Route[];
  /** Parts of the question that were searched as something else, in order. */
  interpreted: Interpretation[];
}

/** An agency to turn to. */
export interface Route {
  /** Short name, e.g. `人社`. */
  agency: string;
  /** Full name. */
  title: string;
  /** Hotline. */
  hotline: string;
  /** Where else to turn. */
  channels: string;
}

/** A part of a question that was searched as something else: a synonym, a mistyped word, pinyin. */
export interface Interpretation {
  /** What was written. */
  from: string;
  /** What it was searched as. */
  to: string;
}

/** One answer found. */
export interface Hit {
  /** Stable id, for `answer`. */
  id: string;
  /** The question it answers. */
  title: string;
  /** The sentences that answer, shortened. */
  snippet: string;
  /** What to mark in `snippet`: in order, not overlapping. */
  marks: Span[];
  /** The heading of the answer under which `snippet` stands, e.g. `"办理流程"`: the `id` to scroll to; `null` for the answer itself. */
  heading: string | null;
  /** Relevance; comparable within one search only. */
  score: number;
  /** Where it holds. */
  region: number;
  /** 险种. */
  insurance: string;
  /** 事项. */
  kind: string;
  /** Short name of who is in charge. */
  agency: string;
  /** Hotline. */
  hotline: string;
  /** Legal basis, ready to read, e.g. `《社会保险法》第四十六条`. */
  basis: string[];
  /** First day in force. */
  effective: string | null;
  /** Last day in force; `null` means no end is set. */
  until: string | null;
  /** Last day on which an editor checked it. */
  reviewed: string | null;
  /** Whether it is in force on the day asked for. */
  state: State;
  /** Whether it was last checked more than a year before the day asked for. */
  stale: boolean;
}

/** Whether an answer is in force: no day was asked for, in force, not yet, no longer. */
export type State = "unchecked" | "current" | "pending" | "expired";

/** A half-open range of UTF-16 units: `text.slice(start, end)`. */
export interface Span {
  start: number;
  end: number;
}

/** One answer in full. */
export interface Answer {
  /** Stable id. */
  id: string;
  /** The question. */
  title: string;
  /** Other ways of asking it. */
  questions: string[];
  /** 险种. */
  insurance: string;
  /** 事项. */
  kind: string;
  /** Where it holds. */
  region: number;
  /** Name of the region. */
  regionName: string;
  /** Short name of who is in charge. */
  agency: string;
  /** Full name of who is in charge. */
  agencyTitle: string;
  /** Hotline. */
  hotline: string;
  /** Where to turn besides the hotline. */
  channels: string;
  /** Legal basis. */
  basis: Basis[];
  /** First day in force. */
  effective: string | null;
  /** Last day in force. */
  until: string | null;
  /** Last day on which an editor checked it. */
  reviewed: string | null;
  /** The answer as plain text, headings as `办理流程：`. */
  text: string;
  /** The answer as HTML, made from Markdown in which raw HTML is an error: no scripts, styles, links or images. */
  html: string;
  /** The same as `text`, by heading; the first has no heading and is the answer itself. */
  sections: Section[];
  /** 办理流程, step by step. */
  steps: string[];
  /** 所需材料. */
  materials: string[];
  /** 办理时限. */
  timeLimits: string[];
  /** Related answers. */
  related: Related[];
  /** The national answer that this regional one replaces. */
  overrides: Related | null;
}

/** What is to be checked. Columns of `record` fill in what is left out here. A day may carry a time: `"2026-11-23T09:30:00+08:00"`. */
export interface CheckRequest {
  /** The form of service, e.g. `"窗口"`, by a name that the pack's profile knows. Default: none, so no time limit. */
  channel?: string | null;
  /** The citizen's question. */
  question?: string | null;
  /** The reply, at most 100,000 characters. */
  reply?: string | null;
  /** When the question was received. */
  receivedAt?: string | null;
  /** When it was answered; leave it out while it is not. */
  repliedAt?: string | null;
  /** Where the asker is. */
  region?: number | null;
  /** The ledger record that goes with it. */
  record?: LedgerRecord | null;
  /** Today, which overdue and future days are judged by; default this device's. */
  now?: string | null;
}

/** One record of the ledger: what stands under each heading. */
export type LedgerRecord = { [column: string]: string | number | boolean | null };

/** What a record is checked by besides the rules. */
export interface CheckRecordOptions {
  /** Today; default this device's. */
  now?: string | null;
}

/** What a ledger is counted by. */
export interface ReportOptions {
  /** Today, which unanswered records are judged by; default this device's. */
  now?: string | null;
}

/** What was found. */
export interface CheckReport {
  /** By field, then in the order of the text. */
  diagnostics: Diagnostic[];
  /** Whether no `error` is among them. */
  canSubmit: boolean;
  /** When the answer is due; `null` without a day of receipt or a channel that promises one. */
  due: Due | null;
}

/** One finding. */
export interface Diagnostic {
  /** The rule's code, e.g. `W101`. */
  code: string;
  /** The rule's name, e.g. `shirking`. */
  name: string;
  /** The rule's family. */
  family: Family;
  /** How serious it is, after the institution's profile. */
  severity: Severity;
  /** What is wrong and what to do. */
  message: string;
  /** The rule's authority. */
  source: string;
  /** What it is about: `reply`, `question`, `receivedAt`, `repliedAt`, or a column of the ledger. */
  field: string;
  /** Where in that text; `null` means the whole. */
  span: Span | null;
  /** Ways to mend it, the best first. */
  fixes: Fix[];
  /** The rule's page. */
  url: string;
}

/** 服务忌语、文明用语、服务时限、台账填写、个人信息、越权承诺、政策口径、引导服务、依据与一次性告知. */
export type Family = "W1" | "W2" | "T" | "L" | "P" | "C" | "F" | "G" | "B";

/** Must be mended before the reply goes out; worth a second look; advice. */
export type Severity = "error" | "warning" | "info";

/** A way to mend a finding. */
export interface Fix {
  /** What it does. */
  title: string;
  /** Whether it may be applied unread. */
  safety: Safety;
  /** The changes, in order and apart from each other. */
  edits: Edit[];
}

/** The meaning stays; a person must read it first. */
export type Safety = "safe" | "review";

/** The units from `start` to `end` become `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** Which fixes to apply. */
export interface ApplyFixesOptions {
  /** The diagnostics of which field; default `"reply"`. */
  field?: string | null;
  /** `"safe"` (the default): the first safe fix of each. `"review"`: the first of each, whichever it is. */
  safety?: Safety | null;
}

/** What a due date is reckoned from. */
export interface DueRequest {
  /** The channel whose promise counts. */
  channel?: string | null;
  /** So many working days. */
  workingDays?: number | null;
  /** So many natural days; a last day off moves to the next working day. */
  naturalDays?: number | null;
  /** The day of receipt, which is not counted. May carry a time: Beijing's day counts. */
  receivedAt: string;
  /** Today; default this device's. */
  now?: string | null;
}

/** A due date. */
export interface Due {
  /** The last day in time; `null` if the calendar of its year is not in the pack, or nothing is promised. */
  date: string | null;
  /** Days left from today, in the unit counted; negative when overdue. */
  remaining: number | null;
  /** What was counted, or why there is no date. */
  reason: string;
}

/** The page of one rule. */
export interface RulePage {
  /** Stable code, e.g. `W101`. */
  code: string;
  /** Stable name, e.g. `shirking`. */
  name: string;
  /** One line. */
  title: string;
  /** Its family. */
  family: Family;
  /** The family's name, e.g. `服务忌语`. */
  familyTitle: string;
  /** Its kind, e.g. `phrase`. */
  kind: string;
  /** Its own severity, before the institution's profile. */
  severity: Severity;
  /** The channels it applies to; empty for all. */
  channels: string[];
  /** Its authority. */
  source: string;
  /** 检查什么, in Markdown; empty, as are the next three, in a pack whose manifest says that it leaves out `rule-pages`. */
  what: string;
  /** 为什么, in Markdown. */
  why: string;
  /** 反例. */
  bad: string[];
  /** 正例. */
  good: string[];
  /** Id of the answer that says what is right. */
  answer: string | null;
}

/** The figures of a ledger. Shares run from 0 to 1 and are `null` where there is nothing to divide by. */
export interface Figures {
  /** Records. */
  rows: number;
  /** Records that could not be read; 0 here, as only files have such. */
  unreadable: number;
  /** First day of receipt. */
  firstDay: string | null;
  /** Last day of receipt. */
  lastDay: string | null;
  /** The share answered in time, of those with a due date; unanswered ones count by today. */
  onTimeRate: number | null;
  /** Records that are, or were answered, too late. */
  overdueRows: number;
  /** The share of satisfied citizens, of those who said. */
  satisfactionRate: number | null;
  /** The share of records without a finding. */
  cleanRate: number | null;
  /** By channel, by name; records that name none are under `（未写明）`. */
  channels: Timely[];
  /** By month of receipt, in order. */
  months: Month[];
  /** By each other column of choices, e.g. 险种. */
  choices: ChoiceCounts[];
  /** By rule, most findings first. */
  rules: RuleCount[];
  /** By what citizens said. */
  satisfaction: Count[];
  /** Overdue records in order, at most 200. */
  overdue: Overdue[];
  /** Beginnings of questions recorded as not answered, most often first, at most 200. */
  unanswered: Count[];
}

/** How many records bear a name. */
export interface Count {
  name: string;
  rows: number;
}

/** The counts of one column of choices. */
export interface ChoiceCounts {
  /** The column. */
  column: string;
  /** Its choices, most records first. */
  counts: Count[];
}

/** How many records of a channel, and how many in time. */
export interface Timely {
  name: string;
  rows: number;
  /** The share answered in time. */
  onTimeRate: number | null;
}

/** One month. */
export interface Month {
  /** E.g. `2026-11`. */
  month: string;
  rows: number;
  /** The share answered in time. */
  onTimeRate: number | null;
  /** By channel, by name. */
  channels: Timely[];
}

/** The findings of one rule. */
export interface RuleCount {
  /** Its code. */
  code: string;
  /** Its family's name. */
  family: string;
  findings: number;
  /** The message of the first. */
  message: string;
}

/** An overdue record. */
export interface Overdue {
  /** Its place among the records, from 1. */
  row: number;
  /** The channel. */
  channel: string;
  /** The day of receipt. */
  received: string | null;
  /** The last day in time. */
  due: string;
  /** The day of the reply; `null` while there is none. */
  replied: string | null;
  /** The beginning of the question. */
  question: string;
}

/** What the pack says besides its rules. */
export interface Handbook {
  /** The institution's name. */
  institution: string;
  /** Remind this many days, in the unit of the limit, before a reply is due. */
  remind: number;
  /** The forms of service, with what the institution promises. */
  channels: Channel[];
  /** The columns of the ledger. */
  ledger: LedgerSchema;
  /** 术语. */
  terms: Term[];
  /** 服务流程: one for each form of service, and one for guidance. */
  flows: Flow[];
  /** 自查: what an institution inspects of itself. */
  inspections: Inspection[];
}

/** A form of service. */
export interface Channel {
  /** Its name, e.g. `网络`. */
  name: string;
  /** Other names for it. */
  aliases: string[];
  /** The promise in working days. */
  workingDays: number | null;
  /** The promise in natural days. */
  naturalDays: number | null;
  /** The promise in words, e.g. `2 个工作日`; empty if nothing is promised. */
  limit: string;
  /** The norm that the promise follows; the promise is the institution's own. */
  follows: string;
}

/** The columns of a ledger and how they depend on each other. */
export interface LedgerSchema {
  /** Where the columns come from. */
  note: string;
  /** In order. */
  columns: Column[];
  /** Pairs of date columns: the first must not be later than the second. */
  orders: Order[];
  /** Values that make other columns required. */
  implications: Implication[];
}

/** One column. */
export interface Column {
  /** Its heading, and its key in a record. */
  name: string;
  /** Other headings that mean it. */
  aliases: string[];
  /** Whether it must be filled in. */
  required: boolean;
  /** The channels for which it must be. */
  requiredFor: string[];
  /** What it holds. */
  holds: Holds;
  /** For `choice`: what can be chosen. */
  choices: Choice[];
  /** For `number`: least and greatest value. */
  range: number[] | null;
  /** What part of a check it gives. */
  role: Role | null;
}

/** What a column holds. */
export type Holds = "text" | "date" | "phone" | "choice" | "number" | "person";

/** What part of a check a column gives. */
export type Role = "channel" | "question" | "reply" | "received" | "replied" | "satisfaction" | "result";

/** A choice. */
export interface Choice {
  name: string;
  /** Other ways to write it. */
  aliases: string[];
}

/** Two date columns in order. */
export interface Order {
  /** The column that must not be later. */
  earlier: string;
  /** The column that must not be earlier. */
  later: string;
}

/** A value of one column that makes others required. */
export interface Implication {
  /** The column. */
  column: string;
  /** Its values. */
  values: string[];
  /** The columns that must then be filled in. */
  needs: string[];
}

/** One term. */
export interface Term {
  /** As the standard names it. */
  name: string;
  /** How this product uses it. */
  usage: string;
  /** Where the name comes from, and what is not public. */
  source: string;
}

/** One flow. */
export interface Flow {
  /** Stable id, e.g. `counter`. */
  id: string;
  /** Its name. */
  name: string;
  /** The channel it belongs to; `null` for guidance, which goes through all. */
  channel: string | null;
  /** Where it comes from. */
  source: string;
  /** In order. */
  steps: Step[];
}

/** One step of a flow. */
export interface Step {
  /** Its name. */
  name: string;
  /** Who does it. */
  who: string;
  /** What is done. */
  what: string;
  /** The ledger's columns that are filled in here. */
  record: string[];
  /** What of SheDa helps: `search`, `check`, `due`, `ledger`. */
  tools: string[];
  /** Name of the next step if it is not the one below; `结束` ends the flow. */
  next: string | null;
}

/** One list of self-inspection. */
export interface Inspection {
  /** Stable id. */
  id: string;
  /** Its name. */
  name: string;
  /** The block of the standard that it serves. */
  block: string;
  /** What is looked at. */
  items: InspectionItem[];
}

/** One thing looked at. */
export interface InspectionItem {
  /** What must be so. */
  text: string;
  /** Its authority. */
  source: string;
}

/** One citation. */
export interface Basis {
  /** Short title of the law, e.g. `社会保险法`. */
  law: string;
  /** Article numbers; empty where the text has none. */
  articles: number[];
  /** Where in the text, if not an article; may be empty. */
  note: string;
  /** The citation as a reader wants it. */
  text: string;
}

/** A part of an answer under a heading. */
export interface Section {
  /** E.g. `办理流程`; empty for the answer itself. */
  heading: string;
  /** Paragraphs, list items (with their marker) or table rows. */
  lines: string[];
}

/** A pointer to another answer. */
export interface Related {
  id: string;
  title: string;
}

/** What a pack says of itself. */
export interface Manifest {
  /** Stable identifier, e.g. `cn-national`. */
  id: string;
  /** Name for people. */
  title: string;
  /** The editors' version. */
  version: string;
  /** Hash of all source files, hexadecimal. */
  builtFrom: string;
  /** What it was built with. */
  builtWith: Fingerprints;
  /** How much is in it. */
  counts: Counts;
  /** Regions that have answers of their own, ascending. */
  regions: number[];
  /** Earliest and latest day on which an answer was checked; empty if none says. */
  reviewed: string[];
  /** What a compact pack (`sheda build --compact`) does without; empty for a whole one. */
  leftOut: LeftOut[];
}

/**
 * Answers of other regions; some of the authored questions (searched by, not suggested); rare pairs of characters; the texts of rule
 * pages; words that only the answers use.
 */
export type LeftOut = "regions" | "questions" | "pairs" | "rule-pages" | "words";

/** The builder's ingredients, for telling two packs apart. */
export interface Fingerprints {
  sheda: string;
  jieba: string;
  dictionary: string;
}

/** How many of each thing a pack holds. */
export interface Counts {
  answers: number;
  questions: number;
  rules: number;
  words: number;
}

/** Agencies and regions of a pack. */
export interface Directory {
  /** All agencies, the general ones last. */
  agencies: Agency[];
  /** All regions that answers or askers may name. */
  regions: Region[];
}

/** One agency. */
export interface Agency {
  /** Short name that answers use, e.g. `人社`. */
  name: string;
  /** Full name. */
  title: string;
  /** Hotline. */
  hotline: string;
  /** Where to turn besides the hotline. */
  channels: string;
  /** What it is in charge of. */
  scope: string;
  /** Words that tell that a question is its business. */
  topics: string[];
}

/** One region. */
export interface Region {
  /** 行政区划 code. */
  code: number;
  /** Its name. */
  name: string;
}
