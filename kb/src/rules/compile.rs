//! Rule files → one [`RuleBook`].

use std::collections::{BTreeMap, HashMap};

use serde_saphyr::Spanned;
use sheda_core::calendar::Date;
use sheda_core::rules::{
    Citation, Claim, Context, ContextId, Deadline, Family, FieldCheck, FixTemplate, Guard, Identity, Index, Kind, Law, Over,
    Pattern, Phrase, Place, Reach, Repealed, Replace, Require, Rule, RuleBook, Safety, Secret, SetId, Severity, Superseded,
    WhenThen, parse_pattern,
};
use sheda_core::text::{Normalizer, chinese_numeral};

use super::front::{Authority, ContextFront, FixFront, Front, When};
use crate::Problem;
use crate::front_matter::line_of;
use crate::laws::Laws;

/// A fault and the line it stands on; 0 for the whole file.
type Faulty<T> = Result<T, (usize, String)>;

/// Compiles rules one after another into a book.
#[derive(Debug)]
pub struct Compiler<'a> {
    laws: &'a Laws,
    contexts: &'a BTreeMap<String, ContextFront>,
    normalizer: Normalizer,
    book: RuleBook,
    known: HashMap<(String, bool), std::ops::Range<usize>>,
    sets: HashMap<(Vec<String>, bool), SetId>,
}

impl<'a> Compiler<'a> {
    /// A compiler with an empty book; `normalizer` must be the one that replies will go through.
    pub fn new(laws: &'a Laws, contexts: &'a BTreeMap<String, ContextFront>, normalizer: Normalizer) -> Self {
        Self { laws, contexts, normalizer, book: RuleBook::default(), known: HashMap::new(), sets: HashMap::new() }
    }

    /// Compiles one rule and adds it.
    ///
    /// # Errors
    /// What is wrong with it, and on which line.
    pub fn add(&mut self, file: &str, front: &Front) -> Result<(), Problem> {
        let rule = self.rule(front).map_err(|(line, message)| Problem::new(file, line, message))?;
        self.book.rules.push(rule);
        Ok(())
    }

    /// The finished book, its rules by code.
    pub fn finish(mut self) -> RuleBook {
        self.add_laws();
        self.book.rules.sort_by(|a, b| a.code.cmp(&b.code));
        self.book.index = Index::new(&self.book.patterns);
        self.book
    }

    fn rule(&mut self, front: &Front) -> Faulty<Rule> {
        let code = &front.code.value;
        let digits = code.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let well_formed = digits.len() >= 2 && digits.chars().all(|c| c.is_ascii_digit()) && code.len() > digits.len();
        let family = Family::of_code(code)
            .filter(|_| well_formed)
            .ok_or_else(|| (at(&front.code), format!("code 要像 W101、F203 这样，开头的字母是规则的类别：{code}")))?;
        if front.name.value.is_empty()
            || !front.name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        {
            return Err((at(&front.name), "name 用小写英文单词加连字符，说出毛病，如 shirking".into()));
        }
        let severity =
            word(&front.severity, &[("error", Severity::Error), ("warning", Severity::Warning), ("info", Severity::Info)])?;
        let source = self.source(&front.source)?;
        let kind = self.kind(front)?;
        let message = match (&kind, front.message.trim()) {
            (Kind::Claim(_), "") => "与现行规定不符：{right}（{since}）".to_owned(),
            (_, "") => return Err((at(&front.code), "缺少 message：告诉工作人员哪里不妥、怎么改".into())),
            (_, message) => message.to_owned(),
        };
        let mut except = Vec::new();
        for name in &front.except {
            let context = self.contexts.get(&name.value).ok_or_else(|| {
                let known: Vec<&str> = self.contexts.keys().map(String::as_str).collect();
                (at(name), format!("contexts.toml 里没有语境“{}”，只有：{}", name.value, known.join("、")))
            })?;
            except.push(self.context(context)?);
        }
        if let Some(unless) = &front.unless {
            except.push(self.context(unless)?);
        }
        let only = front.only.iter().map(|only| self.context(only)).collect::<Faulty<Vec<_>>>()?;
        Ok(Rule {
            code: code.clone(),
            name: front.name.value.clone(),
            title: front.title.clone(),
            family,
            severity,
            channels: front.channels.iter().map(|channel| channel.value.clone()).collect(),
            source,
            message,
            effective: day(front.effective.as_ref())?,
            until: day(front.until.as_ref())?,
            when: self.guard(&front.when, front.between_words())?,
            except,
            only,
            fix: front.fix.as_ref().map(fix).transpose()?,
            kind,
        })
    }

    fn kind(&mut self, front: &Front) -> Faulty<Kind> {
        let needed = |line: usize, key: &str| (line, format!("{} 类规则要写 {key}", front.kind.value));
        let line = at(&front.kind);
        let set = |this: &mut Self, patterns: &[Spanned<String>], key: &str| {
            this.set(patterns, front.between_words())?.ok_or_else(|| needed(line, key))
        };
        Ok(match front.kind.value.as_str() {
            "phrase" => Kind::Phrase(Phrase { any: set(self, &front.any, "any")? }),
            "replace" => {
                let mut pairs = Vec::new();
                for pair in &front.pairs {
                    pairs.push((set(self, std::slice::from_ref(&pair.from), "pairs")?, pair.to.clone()));
                }
                let safety = front.safety.as_ref().map_or(Ok(Safety::Review), safety)?;
                if pairs.is_empty() {
                    return Err(needed(line, "pairs"));
                }
                Kind::Replace(Replace { pairs, safety })
            }
            "require" => {
                let within = front.within.unwrap_or(40);
                let place = front.place.as_ref().map_or(Ok(Place::Anywhere), |place| {
                    word(place, &[("开头", Place::Start(within)), ("结尾", Place::End(within)), ("任意", Place::Anywhere)])
                })?;
                Kind::Require(Require { any: set(self, &front.any, "any")?, place })
            }
            "when-then" => {
                let reach = front.reach.as_ref().map_or(Ok(Reach::Reply), |reach| {
                    word(reach, &[("同句", Reach::Sentence), ("邻近", Reach::Near), ("全文", Reach::Reply)])
                })?;
                let says = self.set(&front.says, front.between_words())?;
                Kind::WhenThen(WhenThen { says, needs: set(self, &front.needs, "needs")?, reach })
            }
            "claim" => Kind::Claim(Claim {
                about: self.set(&front.about, false)?,
                asked: front.asked,
                says: set(self, &front.says, "says")?,
                right: front.right.clone().ok_or_else(|| needed(line, "right"))?,
                since: front.since.clone().ok_or_else(|| needed(line, "since"))?,
                answer: front.answer.as_ref().map(|answer| answer.value.clone()),
            }),
            "citation" => {
                for repealed in &front.repealed {
                    let names = self.names(std::slice::from_ref(&repealed.title.value), at(&repealed.title))?;
                    let since = repealed.since.clone();
                    self.book.laws.push(Law {
                        title: repealed.title.value.clone(),
                        names,
                        articles: None,
                        superseded: Vec::new(),
                        repealed: Some(Repealed { by: repealed.by.clone(), since }),
                    });
                }
                let check = front.check.as_ref().ok_or_else(|| needed(line, "check"))?;
                Kind::Citation(word(
                    check,
                    &[
                        ("条号不存在", Citation::NoSuchArticle),
                        ("条文已被取代", Citation::Superseded),
                        ("已废止", Citation::Repealed),
                    ],
                )?)
            }
            "identity" => {
                let detect = front.detect.as_ref().ok_or_else(|| needed(line, "detect"))?;
                let detect = word(
                    detect,
                    &[
                        ("身份证号", Secret::Citizen),
                        ("手机号", Secret::Mobile),
                        ("固定电话", Secret::Landline),
                        ("银行卡号", Secret::BankCard),
                        ("住址", Secret::Address),
                    ],
                )?;
                let any = self.set(&front.any, false)?;
                if (detect == Secret::Address) != any.is_some() {
                    return Err((line, "detect: 住址 要写 any，别的不写".into()));
                }
                Kind::Identity(Identity { detect, any, keep: front.keep.unwrap_or((3, 4)) })
            }
            "deadline" => {
                let check = front.check.as_ref().ok_or_else(|| needed(line, "check"))?;
                Kind::Deadline(word(check, &[("已超期", Deadline::Overdue), ("将到期", Deadline::Soon)])?)
            }
            "field" => {
                let check = front.check.as_ref().ok_or_else(|| needed(line, "check"))?;
                Kind::Field(word(
                    check,
                    &[
                        ("必填", FieldCheck::Required),
                        ("日期", FieldCheck::Date),
                        ("未来日期", FieldCheck::Future),
                        ("先后", FieldCheck::Order),
                        ("电话", FieldCheck::Phone),
                        ("选项", FieldCheck::Choice),
                        ("数字", FieldCheck::Number),
                        ("连带必填", FieldCheck::Implied),
                        ("占位", FieldCheck::StandIn(front.values.clone())),
                    ],
                )?)
            }
            other => {
                return Err((
                    line,
                    format!(
                        "没有 {other} 这种 kind；只有 phrase、replace、require、when-then、claim、citation、identity、deadline、field"
                    ),
                ));
            }
        })
    }

    fn guard(&mut self, when: &When, words: bool) -> Faulty<Guard> {
        Ok(Guard {
            question: self.set(&when.question, words)?,
            not_question: self.set(&when.not_question, false)?,
            reply: self.set(&when.reply, words)?,
            not_reply: self.set(&when.not_reply, false)?,
            min_chars: when.min_chars,
            max_chars: when.max_chars,
            overdue: when.overdue,
        })
    }

    /// The place of a context in the book; the same context is kept once.
    fn context(&mut self, front: &ContextFront) -> Faulty<ContextId> {
        let context = self.compile_context(front)?;
        let at = self.book.contexts.iter().position(|known| *known == context).unwrap_or_else(|| {
            self.book.contexts.push(context);
            self.book.contexts.len() - 1
        });
        u16::try_from(at).map(ContextId).map_err(|_| (0, "语境太多".to_owned()))
    }

    fn compile_context(&mut self, front: &ContextFront) -> Faulty<Context> {
        let whole = |this: &mut Self, patterns: &[String]| {
            if patterns.is_empty() { Ok(None) } else { this.plain_set(patterns, false, 0).map(Some) }
        };
        let (reply, question) = (whole(self, &front.reply)?, whole(self, &front.question)?);
        let local = |patterns: &[String]| -> Faulty<Vec<Pattern>> {
            let mut read = Vec::new();
            for text in patterns {
                read.extend(parse_pattern(text, false, &self.normalizer).map_err(|error| (0, error.to_string()))?);
            }
            Ok(read)
        };
        Ok(Context {
            quoted: front.quoted,
            just_before: local(&front.just_before)?,
            before: local(&front.before)?,
            sentence_before: local(&front.sentence_before)?,
            just_after: local(&front.just_after)?,
            after: local(&front.after)?,
            sentence_after: local(&front.sentence_after)?,
            sentence: local(&front.sentence)?,
            near: local(&front.near)?,
            inside: local(&front.inside)?,
            reply,
            question,
        })
    }

    fn set(&mut self, patterns: &[Spanned<String>], words: bool) -> Faulty<Option<SetId>> {
        let Some(first) = patterns.first() else { return Ok(None) };
        for pattern in patterns {
            parse_pattern(&pattern.value, words, &self.normalizer).map_err(|error| (at(pattern), error.to_string()))?;
        }
        let texts: Vec<String> = patterns.iter().map(|pattern| pattern.value.clone()).collect();
        self.plain_set(&texts, words, at(first)).map(Some)
    }

    /// The set of these patterns; the same list gives the same set.
    fn plain_set(&mut self, patterns: &[String], words: bool, line: usize) -> Faulty<SetId> {
        let key = (patterns.to_vec(), words);
        if let Some(&set) = self.sets.get(&key) {
            return Ok(set);
        }
        let set = SetId(self.book.sets);
        self.book.sets = self.book.sets.checked_add(1).ok_or_else(|| (line, "规则太多".to_owned()))?;
        for text in patterns {
            let numbers = match self.known.get(&(text.clone(), words)) {
                Some(numbers) => numbers.clone(),
                None => {
                    let patterns = parse_pattern(text, words, &self.normalizer).map_err(|error| (line, error.to_string()))?;
                    let first = self.book.patterns.len();
                    self.book.patterns.extend(patterns);
                    let numbers = first..self.book.patterns.len();
                    if numbers.end > usize::from(u16::MAX) {
                        return Err((line, "规则太多".to_owned()));
                    }
                    self.book.members.resize(numbers.end, Vec::new());
                    self.known.insert((text.clone(), words), numbers.clone());
                    numbers
                }
            };
            for members in &mut self.book.members[numbers] {
                if !members.contains(&set) {
                    members.push(set);
                }
            }
        }
        self.sets.insert(key, set);
        Ok(set)
    }

    /// A set of names taken literally.
    fn names(&mut self, names: &[String], line: usize) -> Faulty<SetId> {
        let literal = |name: &String| name.chars().flat_map(|c| ['\\', c]).collect::<String>();
        let patterns: Vec<String> = names.iter().map(literal).collect();
        self.plain_set(&patterns, false, line)
    }

    fn source(&self, source: &Authority) -> Faulty<String> {
        let kind = &source.kind.value;
        if !["编制说明", "法律法规", "关联标准", "机构配置"].contains(&kind.as_str()) {
            return Err((at(&source.kind), "source.kind 只能是 编制说明、法律法规、关联标准、机构配置".into()));
        }
        let mut articles = source.articles.clone();
        articles.extend(source.article);
        let cited = match &source.law {
            Some(title) => {
                let law =
                    self.laws.get(&title.value).ok_or_else(|| (at(title), format!("laws.toml 里没有《{}》", title.value)))?;
                if let (Some(count), Some(wrong)) =
                    (law.articles, articles.iter().find(|a| law.articles.is_some_and(|n| **a == 0 || **a > n)))
                {
                    return Err((at(title), format!("《{}》只有 {count} 条，没有第{}条", title.value, chinese_numeral(*wrong))));
                }
                law.citation(&articles, "")
            }
            None => String::new(),
        };
        if cited.is_empty() && source.text.trim().is_empty() {
            return Err((at(&source.kind), "source 要写 law 或 text".into()));
        }
        let joined =
            [cited.as_str(), source.text.trim()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("，");
        Ok(format!("{kind}：{joined}"))
    }

    fn add_laws(&mut self) {
        let mut laws: Vec<_> = self.laws.iter().collect();
        laws.sort_by(|a, b| a.title.cmp(&b.title));
        for law in laws {
            let mut names = vec![law.title.clone()];
            for name in std::iter::once(&law.full).chain(&law.aliases) {
                // An alias of one of these words would meet every text.
                if !names.contains(name) && name.chars().count() >= 3 {
                    names.push(name.clone());
                }
            }
            let Ok(names) = self.names(&names, 0) else { continue };
            let superseded = law.superseded.iter().map(|known| Superseded {
                article: u32::from(known.article),
                by: format!("《{}》第{}条", known.by, chinese_numeral(known.by_article)),
                since: known.since.to_string(),
                now: known.now.clone(),
            });
            self.book.laws.push(Law {
                title: law.title.clone(),
                names,
                articles: law.articles.map(u32::from),
                superseded: superseded.collect(),
                repealed: (law.status == "废止").then(|| Repealed { by: String::new(), since: String::new() }),
            });
        }
    }
}

fn at<T>(value: &Spanned<T>) -> usize {
    line_of(&value.referenced)
}

fn word<T: Clone>(value: &Spanned<String>, choices: &[(&str, T)]) -> Faulty<T> {
    let found = choices.iter().find(|(name, _)| *name == value.value).map(|(_, choice)| choice.clone());
    found.ok_or_else(|| {
        let known: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        (at(value), format!("“{}”不认识，只能是 {}", value.value, known.join("、")))
    })
}

fn safety(value: &Spanned<String>) -> Faulty<Safety> {
    word(value, &[("safe", Safety::Safe), ("review", Safety::Review)])
}

fn day(value: Option<&Spanned<String>>) -> Faulty<Option<Date>> {
    value.map(|text| text.value.parse::<Date>().map_err(|error| (at(text), error.to_string()))).transpose()
}

fn fix(front: &FixFront) -> Faulty<FixTemplate> {
    let over =
        [("匹配", Over::Match), ("分句", Over::Clause), ("句子", Over::Sentence), ("开头", Over::Start), ("结尾", Over::End)];
    Ok(FixTemplate {
        title: front.title.clone(),
        safety: safety(&front.safety)?,
        over: word(&front.over, &over)?,
        text: front.text.clone(),
    })
}
