"""Dates: the order of day and month, days that do not exist, words for periods, and fiscal years."""

from tests.malformed.case import Case, accept, one, refuse, rows


def _period(period: str) -> list:
    return [("aurora", period, 1)]


def _read(name: str, text: str, period: str, **declare) -> Case:
    return accept(name, f"{text} is {period}", one("1", text), _period(period), **declare)


def _not(name: str, about: str, text: str, *words: str, **declare) -> Case:
    return rows(name, about, one("1", text), [(2, "period")], words, **declare)


def order_of_days() -> list[Case]:
    """01/02/2024 is two days."""
    dmy, mdy = "%d/%m/%Y", "%m/%d/%Y"
    return [
        _read("day_first.csv", "01/02/2024", "2024-02-01", often="days", date_format=dmy),
        _read("month_first.csv", "01/02/2024", "2024-01-02", often="days", date_format=mdy),
        _read("two_digit_year.csv", "01/02/24", "2024-02-01", often="days", date_format="%d/%m/%y"),
        _read("year_first.csv", "2024/2/1", "2024-02-01", often="days"),
        refuse("undeclared.csv", "a question", one("1", "01/02/2024"), "does the day come first", "date_format", often="days"),
        refuse(
            "above_twelve.csv",
            "a question also where one of the two is clear",
            one("1", "31/12/2024"),
            "does the day come first",
            often="days",
        ),
        refuse("points.csv", "a question with points", one("1", "01.02.2024"), "does the day come first", often="days"),
        refuse("short.csv", "a question with a short year", one("1", "01-02-24"), "does the day come first", often="days"),
        _not("against_order.csv", "the declared order does not fit", "12/31/2024", "declared format", often="days", date_format=dmy),
        _not("other_mark.csv", "the declared mark does not fit", "01-02-2024", "declared format", often="days", date_format=dmy),
        _not("time_after.csv", "a time is not declared", "01/02/2024 10:00", "declared format", often="days", date_format=dmy),
    ]


def impossible_days() -> list[Case]:
    """Days and months that no calendar has."""
    return [
        _not("february_30.csv", "30 February", "2024-02-30", "no such day", often="days"),
        _not("no_leap_day.csv", "29 February of a year without one", "2023-02-29", "no such day", often="days"),
        _read("leap_day.csv", "2024-02-29", "2024-02-29", often="days"),
        _not("month_13.csv", "a thirteenth month", "2024-13", "not a month"),
        _not("month_0.csv", "a month of zero", "2024-00", "not a month"),
        _not("week_54.csv", "a week too many", "2024-W54", "not a week", often="weeks"),
        _not("quarter_5.csv", "a fifth quarter", "2024-Q5", "not a quarter", often="quarters"),
        _not("year_0.csv", "no year of our time", "0000", "not a year", often="years"),
        _not("year_3024.csv", "a slip of the keyboard", "3024-01", "not a month"),
        _not("day_in_month.csv", "a day in the middle of a month", "2024-05-14", "not a month"),
        _not("named_february_30.csv", "30 February in words", "30 de febrero de 2024", "no such day", often="days"),
        _not("no_period.csv", "no period", "", "no period is given"),
        _not("offset.csv", "a moment somewhere else", "2024-01-01T00:00:00+05:00", "offset from UTC", often="days"),
        _not("serial.csv", "the number by which spreadsheets know a day", "45292", "not a day", often="days"),
    ]


def words_for_periods() -> list[Case]:
    """Months, quarters and halves as people write them."""
    named = ["2005/Ago", "Ago 2005", "agosto de 2005", "ago-2005", "AUG2005", "August 2005", "2005-08", "2005/8", "08/2005", "2005M08"]
    quarters = ["2024T1", "T1 2024", "1T2024", "2024-Q1", "q1/2024", "2024-03-31", "2024-01-01"]
    return [
        *(_read(f"month_{number}.csv", text, "2005-08") for number, text in enumerate(named)),
        *(_read(f"quarter_{number}.csv", text, "2024-Q1", often="quarters") for number, text in enumerate(quarters)),
        _read("half.csv", "S2 2024", "2024-H2", often="halves"),
        _read("set.csv", "set. 2005", "2005-09"),
        _read("short_declared.csv", "ene-24", "2024-01", date_format="%b-%y"),
        _read("short_english.csv", "Jan-24", "2024-01", date_format="%b-%y"),
        _read("long_declared.csv", "3 de marzo de 2024", "2024-03-03", often="days", date_format="%d de %B de %Y"),
        refuse("short_undeclared.csv", "a question", one("1", "Jan-24"), "a year, or a day", "%b-%y"),
        refuse("short_turned.csv", "a question", one("1", "24-ene"), "a year, or a day"),
        _not("short_quarter.csv", "a quarter with a short year", "Q1-24", "year of two digits", often="quarters"),
        _not("no_month.csv", "a word that is no month", "Lluvia 2005", "not a month"),
        _not("other_language.csv", "a month of a third language", "août 2005", "not a month"),
        _not("range.csv", "two months", "ene-feb 2005", "not a month"),
        _not("quarter_for_month.csv", "a quarter for a month", "2024-Q1", "not a month"),
        _not("month_for_year.csv", "a month for a year", "ago 2024", "not a year", often="years"),
    ]


def fiscal_years() -> list[Case]:
    """Years that do not begin in January."""
    july = {"often": "years", "fiscal_year_starts": 7}
    return [
        _read("slashed.csv", "2018/19", "2018/19", **july),
        _read("long.csv", "2018-2019", "2018/19", **july),
        _read("ending.csv", "2019", "2018/19", **july),
        _read("fy.csv", "FY2019", "2018/19", **july),
        _read("century.csv", "1999/00", "1999/00", **july),
        _not("undeclared.csv", "it is not said when it starts", "2018/19", "fiscal_year_starts", often="years"),
        _not("fy_undeclared.csv", "it is not said when it starts", "FY2019", "fiscal_year_starts", often="years"),
        _not("two_years.csv", "years that do not follow each other", "2018/20", "not a year", **july),
        _not(
            "quarter.csv", "a quarter may be counted from July", "2024-Q1", "counted from the start", often="quarters", fiscal_year_starts=7
        ),
        _read("quarter_by_day.csv", "2024-03-31", "2024-Q1", often="quarters", fiscal_year_starts=7),
    ]


CLASSES = {
    "order of day and month": order_of_days,
    "impossible days": impossible_days,
    "words for periods": words_for_periods,
    "fiscal years": fiscal_years,
}
