//! Kind `field`: what a ledger record must look like. What is checked of which column is the schema's affair.

use serde::{Deserialize, Serialize};

use super::facts::{Facts, Report};
use super::record::{Column, Holds, Record};
use crate::calendar::Date;

/// One thing checked of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldCheck {
    /// A required column is blank.
    Required,
    /// A date column holds no date that exists.
    Date,
    /// A date lies after today.
    Future,
    /// Two dates are in the wrong order.
    Order,
    /// A telephone number has the wrong form.
    Phone,
    /// A value is none of the choices.
    Choice,
    /// A number is none or out of range.
    Number,
    /// A value requires another column that is blank.
    Implied,
    /// A column for a person holds one of these stand-ins.
    StandIn(Vec<String>),
}

impl FieldCheck {
    /// Reports every column of the record at fault.
    pub fn check(&self, facts: &Facts<'_>, report: &mut Report<'_>) {
        let Some(record) = facts.record else { return };
        let schema = facts.schema;
        match self {
            Self::Order => {
                for order in &schema.orders {
                    let date = |name: &str| {
                        schema.column(name).and_then(|column| record.get(column)).and_then(|text| text.parse::<Date>().ok())
                    };
                    if let (Some(earlier), Some(later)) = (date(&order.earlier), date(&order.later))
                        && earlier > later
                    {
                        report.whole(&order.later, &[("column", &order.later), ("other", &order.earlier)]);
                    }
                }
            }
            Self::Implied => {
                for implied in &schema.implications {
                    let value = schema.column(&implied.column).and_then(|column| record.get(column));
                    let Some(value) = value.filter(|value| implied.values.iter().any(|known| known == value)) else { continue };
                    for name in &implied.needs {
                        if schema.column(name).is_some_and(|column| record.get(column).is_none()) {
                            report.whole(name, &[("column", name), ("other", &implied.column), ("value", value)]);
                        }
                    }
                }
            }
            _ => {
                for column in &schema.columns {
                    self.column(column, record, facts, report);
                }
            }
        }
    }

    fn column(&self, column: &Column, record: &Record, facts: &Facts<'_>, report: &mut Report<'_>) {
        let name = column.name.as_str();
        let Some(value) = record.get(column) else {
            let wanted = column.required || facts.channel.is_some_and(|channel| column.required_for.contains(&channel.name));
            if *self == Self::Required && wanted {
                report.whole(name, &[("column", name)]);
            }
            return;
        };
        let wrong = match self {
            Self::Date => column.holds == Holds::Date && value.parse::<Date>().is_err(),
            Self::Future => {
                column.holds == Holds::Date
                    && matches!((value.parse::<Date>(), facts.today), (Ok(date), Some(today)) if date > today)
            }
            Self::Phone => column.holds == Holds::Phone && !is_phone(value),
            Self::Choice => {
                column.holds == Holds::Choice
                    && !value.split(['、', ',', '，', '/', ';', '；']).all(|part| column.choice(part.trim()).is_some())
            }
            Self::Number => {
                column.holds == Holds::Number
                    && !value
                        .parse::<f64>()
                        .is_ok_and(|number| column.range.is_none_or(|(least, most)| (least..=most).contains(&number)))
            }
            Self::StandIn(values) => column.holds == Holds::Person && values.iter().any(|stand_in| stand_in == value),
            Self::Required | Self::Order | Self::Implied => false,
        };
        if wrong {
            let choices: Vec<&str> = column.choices.iter().map(|choice| choice.name.as_str()).collect();
            report.whole(name, &[("column", name), ("value", value), ("choices", &choices.join("、"))]);
        }
    }
}

/// Whether a value has the form of a mobile, landline or service number; `*` may stand for digits.
fn is_phone(value: &str) -> bool {
    let main = value.split(['转', 'x']).next().unwrap_or("");
    let digits: String = main.chars().filter(|c| !matches!(c, ' ' | '-' | '－' | '(' | ')' | '（' | '）' | '+')).collect();
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '*') {
        return false;
    }
    let digits = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
    match digits.len() {
        11 if digits.starts_with('1') => matches!(digits.as_bytes().get(1), Some(b'3'..=b'9' | b'*')),
        10..=12 if digits.starts_with('0') => true,
        10 => digits.starts_with("400") || digits.starts_with("800"),
        7 | 8 => !digits.starts_with(['0', '1']),
        5 => digits.starts_with("12") || digits.starts_with("9"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_phone;

    #[test]
    fn phones() {
        for (value, expected, why) in [
            ("13812345678", true, "手机"),
            ("138****5678", true, "打码的手机"),
            ("+86 138-1234-5678", true, "带国家码"),
            ("0471-1234567", true, "座机"),
            ("010-12345678转801", true, "分机"),
            ("62345678", true, "不带区号"),
            ("12333", true, "服务号码"),
            ("1381234567", false, "少一位"),
            ("23812345678", false, "不是手机号段"),
            ("无", false, "不是号码"),
            ("138123456789", false, "多一位"),
        ] {
            assert_eq!(is_phone(value), expected, "{why}");
        }
    }
}
