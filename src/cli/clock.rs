//! The date of a build: the one asked for, else `SOURCE_DATE_EPOCH`, else today.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask the clock and the environment")]

use jiff::civil::Date;
use jiff::{Timestamp, Zoned, tz::TimeZone};

use super::failure::Failure;
use crate::diagnostic::say;

/// The date that `--date` gives, else the environment, else the clock.
pub(super) fn date(asked: Option<&str>) -> Result<Date, Failure> {
    if let Some(text) = asked {
        return written(text);
    }
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => since_epoch(&seconds),
        _ => Ok(Zoned::now().date()),
    }
}

/// The time of the day on this machine's clock: `14:03:12`.
#[cfg(feature = "serve")]
pub(super) fn time_of_day() -> String {
    Zoned::now().strftime("%H:%M:%S").to_string()
}

fn written(text: &str) -> Result<Date, Failure> {
    let shaped = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| shaped).ok_or_else(|| {
        Failure::usage(say!("`{text}` n’est pas une date", "`{text}` is not a date")).help(say!(
            "écrivez `--date` comme ceci\u{a0}: `--date 2026-03-01`",
            "write it like this: `--date 2026-03-01`"
        ))
    })
}

fn since_epoch(seconds: &str) -> Result<Date, Failure> {
    let timestamp = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    timestamp.map(|timestamp| timestamp.to_zoned(TimeZone::UTC).date()).ok_or_else(|| {
        Failure::usage(say!(
            "`SOURCE_DATE_EPOCH` vaut `{seconds}`, qui n’est pas un nombre de secondes",
            "`SOURCE_DATE_EPOCH` is `{seconds}`, which is not a number of seconds"
        ))
        .help(say!("corrigez cette variable, ou donnez `--date`", "set it right, or give `--date`"))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{since_epoch, written};

    #[test]
    fn a_date_is_year_month_day_and_nothing_else() {
        assert_eq!(written("2026-03-01").ok(), Some(date(2026, 3, 1)));
        for text in ["", "hier", "2026-02-30", "2026-3-1", "20260301", "2026-03-01T10:00", "01/03/2026"] {
            assert!(written(text).is_err(), "{text}");
        }
    }

    #[test]
    fn seconds_since_the_epoch_are_counted_in_universal_time() {
        assert_eq!(since_epoch("0").ok(), Some(date(1970, 1, 1)));
        assert_eq!(since_epoch("1772323199").ok(), Some(date(2026, 2, 28)));
        for text in ["hier", "1.5", "99999999999999999999", "999999999999999"] {
            assert!(since_epoch(text).is_err(), "{text}");
        }
    }
}
