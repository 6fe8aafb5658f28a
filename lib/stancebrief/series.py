"""Counts and shares by country, target and period, with intervals.

The unit is the utterance: what one country's speaker said once, however many statements report it. How each count and
interval is made is said for readers under `charts.rules` in `data/language`.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
import scipy.stats

from stancebrief import study as studies
from stancebrief import tables

COUNTS = ("support", "oppose", "neutral", "n_utterances", "n_statements", "n_articles", "n_outlets", "split")
STANCE = ("country", "target", *COUNTS, "share", "net", "low", "high", "side", "said", "enough")
TONE = ("country", "scorer", "mean", "low", "high", "n_utterances", "n_statements", "said", "enough")
PAIRS = ("country", "other", "shared", "same", "opposed", "unclear", "index", "same_on", "opposed_on", "few_on",
         "enough")
UNITS = ("utterance", "country", "target", "stance", "n_statements", "articles", "split")
TYPES = (dict.fromkeys(COUNTS, "int64") | dict.fromkeys(("share", "net", "low", "high", "mean", "index"), "float64")
         | dict.fromkeys(("said", "enough"), "bool") | dict.fromkeys(("shared", "same", "opposed", "unclear"), "int64"))
DRAWN = 2_000_000  # values drawn at once for an interval
Z = 1.959964  # 97.5 % of a normal distribution lie below
SCORERS = {"textblob": "polarity", "vader": "vader"}
UNRESOLVED = ("UNKNOWN", "OTHER")


class SeriesError(ValueError):
    """The tables do not fit together: says which rows."""


def utterances(positions: pd.DataFrame, statements: pd.DataFrame, study: studies.Study) -> pd.DataFrame:
    """One row for each (utterance, country, target): its stance and what it rests on.

    Columns: utterance, country, target, stance, n_statements, articles (names joined by |), split (True where the
    reports' labels differ). Positions less confident than `study.min_confidence` are left out.
    The stance is that of most reports; without a majority it is neutral, so that a side is never claimed on divided
    evidence. Raises SeriesError if two coders label the same statement: choose one coder first.
    """
    kept = positions[positions["confidence"] >= study.min_confidence]
    twice = kept.duplicated(["statement", "country", "target"])
    if twice.any():
        row = kept[twice].iloc[0]
        raise SeriesError(f"{row['statement']} ({row['country']}, {row['target']}) has more than one label; "
                          "keep the positions of one coder")
    unknown = set(kept["statement"]) - set(statements["statement"])
    if unknown:
        raise SeriesError(f"positions of {len(unknown)} statements that are not in the table, {min(unknown)} first")
    # The statements table says which utterance a statement reports; the positions only copy it.
    kept = kept.assign(utterance=kept["statement"].map(statements.set_index("statement")["utterance"]))
    groups: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for *key, stance, article in tuples(kept, "utterance", "country", "target", "stance", "article"):
        groups.setdefault(tuple(key), []).append((stance, article))
    rows = []
    for key, reports in sorted(groups.items()):
        stances = [stance for stance, _ in reports]
        rows.append((*key, leading(stances), len(reports), "|".join(sorted({article for _, article in reports})),
                     len(set(stances)) > 1))
    return _typed(rows, UNITS).astype({"split": "bool"})  # of one utterance; of several it is a count


def tuples(frame: pd.DataFrame, *columns: str) -> Iterator[tuple]:
    """The rows of these columns; many times faster than asking a frame of strings row by row."""
    return zip(*(frame[name].to_numpy(dtype=object).tolist() for name in columns), strict=True)


def leading(stances: Sequence[str]) -> str:
    """The stance of an utterance whose reports are labelled so: that of most of them, neutral without a majority."""
    most = max(set(stances), key=stances.count)
    return most if stances.count(most) * 2 > len(stances) else "neutral"


def by_country(positions: pd.DataFrame, statements: pd.DataFrame, study: studies.Study,
               articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Stance by country and target, one row for each pair shown, those without a statement included.

    Columns: country, target; support, oppose, neutral (utterances), n_utterances (their sum), n_statements,
    n_articles, n_outlets (-1 without `articles`), split (utterances whose reports are labelled differently); share
    (of utterances that support, NaN without any); net, low, high (-1 to 1, see net_interval; NaN without any); side
    (support, oppose, neutral, or empty); said (there is an utterance); enough (at least study.min_statements).
    Countries and targets are the study's, in its order; where it names none, all that occur, most utterances first,
    without speakers that no country could be found for.
    """
    units = utterances(positions, statements, study)
    countries = list(study.countries) or _order(units[~units["country"].isin(UNRESOLVED)], "country")
    targets = list(study.targets) or _order(units, "target")
    grid = pd.MultiIndex.from_product([countries, targets], names=["country", "target"])
    return _counts(units, ["country", "target"], grid, study, articles)[list(STANCE)]


def by_target(positions: pd.DataFrame, statements: pd.DataFrame, study: studies.Study,
              articles: pd.DataFrame | None = None) -> pd.DataFrame:
    """Stance by target over the countries shown: the columns of by_country without country, and how many countries
    take each side: countries_support, countries_oppose, countries_neutral.

    An utterance made for two countries counts once for each; a country that speaks more weighs more.
    """
    cells = by_country(positions, statements, study, articles)
    units = utterances(positions, statements, study)
    units = units[units["country"].isin(cells["country"].unique())]
    grid = pd.Index(list(dict.fromkeys(cells["target"])), name="target")
    found = _counts(units, ["target"], grid, study, articles)
    for side in tables.STANCES:
        sides = cells[cells["side"] == side].groupby("target").size()
        found[f"countries_{side}"] = found["target"].map(sides).fillna(0).astype("int64")
    return found[[name for name in STANCE if name != "country"] + [f"countries_{s}" for s in tables.STANCES]]


def by_period(positions: pd.DataFrame, statements: pd.DataFrame, study: studies.Study,
              articles: pd.DataFrame) -> pd.DataFrame:
    """Stance by country, target and month: the columns of by_country and `month` (YYYY-MM) before country.

    An utterance belongs to the month of its earliest dated report; those without a dated report are left out. Only
    (country, target, month) with an utterance have a row.
    """
    published = articles.set_index("article")["published"].to_dict()
    units = utterances(positions, statements, study)
    days = [min((published.get(a, "") for a in row.split("|") if published.get(a, "")), default="")
            for row in units["articles"]]
    units = units.assign(month=[day[:7] for day in days])
    shown = by_country(positions, statements, study, articles)
    units = units[units["month"].ne("") & units["country"].isin(shown["country"])
                  & units["target"].isin(shown["target"])]
    keys = ["month", "country", "target"]
    grid = pd.MultiIndex.from_frame(units[keys].drop_duplicates().sort_values(keys))
    return _counts(units, keys, grid, study, articles)[["month", *STANCE]]


def sentiment_by_utterance(sentiment: pd.DataFrame, statements: pd.DataFrame, study: studies.Study) -> pd.DataFrame:
    """Tone of each utterance: country, scorer, utterance, score (mean over its reports), n_statements.

    An utterance made for two countries has a row for each.
    """
    frame = sentiment.merge(statements[["statement", "utterance", "countries"]], on="statement", how="inner")
    frame = frame.assign(country=frame["countries"].str.split("|")).explode("country")
    frame = frame[frame["country"].notna() & frame["country"].ne("")]
    rows = []
    for scorer, column in SCORERS.items():
        groups = frame.groupby(["country", "utterance"], sort=True)[column]
        part = groups.agg(["mean", "size"]).reset_index().rename(columns={"mean": "score", "size": "n_statements"})
        rows.append(part.assign(scorer=scorer))
    found = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    return found[["country", "scorer", "utterance", "score", "n_statements"]]


def sentiment_by_country(sentiment: pd.DataFrame, statements: pd.DataFrame, study: studies.Study) -> pd.DataFrame:
    """Mean tone by country and scorer with a bootstrap interval; says nothing about stance.

    Columns: country, scorer (textblob, vader), mean, low, high (-1 to 1; NaN where there are too few to say),
    n_utterances, n_statements, said, enough (at least study.min_statements utterances). See mean_interval.
    """
    points = sentiment_by_utterance(sentiment, statements, study)
    countries = list(study.countries) or _order(points[~points["country"].isin(UNRESOLVED)], "country")
    rows = []
    for country in countries:
        for scorer in SCORERS:
            part = points[(points["country"] == country) & (points["scorer"] == scorer)]
            n = len(part)
            enough = n >= max(1, study.min_statements)
            mean, low, high = math.nan, math.nan, math.nan
            if enough:
                mean = float(part["score"].mean())
                low, high = mean_interval(part["score"].tolist(), study.bootstrap, study.seed, f"{country} {scorer}")
            rows.append((country, scorer, mean, low, high, n, int(part["n_statements"].sum()), n > 0, enough))
    return _typed(rows, TONE)


def agreement_between_countries(cells: pd.DataFrame, min_targets: int = 2) -> pd.DataFrame:
    """Who sides with whom across targets: one row for each ordered pair of countries of a by_country frame.

    Columns: country, other; shared (targets on which both have a side), same, opposed; unclear (targets on which both
    spoke and at least one has no side); index ((same - opposed) / shared, NaN without any); same_on, opposed_on (target
    names joined by |); few_on (of those, the ones on which either has fewer utterances than the study asks for);
    enough (at least `min_targets` shared without those).
    """
    said = cells[cells["said"].astype("bool")]
    sides = {country: dict(zip(part["target"], part["side"], strict=True)) for country, part in said.groupby("country")}
    enough = set(zip(*(said.loc[said["enough"].astype("bool"), name] for name in ("country", "target")), strict=True))
    countries = list(dict.fromkeys(cells["country"]))
    rows = []
    for country in countries:
        for other in countries:
            if country == other:
                continue
            mine, theirs = sides.get(country, {}), sides.get(other, {})
            both = [target for target in dict.fromkeys(cells["target"]) if target in mine and target in theirs]
            clear = [t for t in both if "neutral" not in (mine[t], theirs[t])]
            same = [t for t in clear if mine[t] == theirs[t]]
            opposed = [t for t in clear if mine[t] != theirs[t]]
            index = (len(same) - len(opposed)) / len(clear) if clear else math.nan
            few = [t for t in clear if not {(country, t), (other, t)} <= enough]
            rows.append((country, other, len(clear), len(same), len(opposed), len(both) - len(clear), index,
                         "|".join(same), "|".join(opposed), "|".join(few), len(clear) - len(few) >= min_targets))
    return _typed(rows, PAIRS)


def net_interval(support: int, oppose: int, n: int) -> tuple[float, float]:
    """95 % interval of (support - oppose) / n for one sample of n utterances, -1 to 1; (-1, 1) without any.

    The difference of two shares of one sample is that of the discordant cells of a paired table: Bonett and Price,
    "Adjusted Wald confidence interval for a difference of binomial proportions based on paired data", J. Educational
    and Behavioral Statistics 37 (2012) 479-488, recommended also for small n by Fagerland, Lydersen and Laake,
    Statistics in Medicine 33 (2014) 2850-2875. A bootstrap would give an interval without width where all agree.
    """
    if not n:
        return -1.0, 1.0
    up, down = (support + 1) / (n + 2), (oppose + 1) / (n + 2)
    half = Z * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    # The adjusted middle lies nearer to 0 than the share itself: the interval must still hold what was observed.
    net = (support - oppose) / n
    return max(-1.0, min(net, up - down - half)), min(1.0, max(net, up - down + half))


def mean_interval(values: Sequence[float], times: int, seed: int, name: str = "", level: float = 0.95,
                  ) -> tuple[float, float]:
    """Bootstrap interval of the mean of at least one value; the same for the same values in any order.

    Percentiles are moved outward for small n so that they match the width of a t interval: Hesterberg, "What teachers
    should know about the bootstrap", The American Statistician 69 (2015) 371-386, section 5.2. `name` keeps the draws
    of one country apart from those of another. NaN for no values; one value or no draws: the mean itself, twice.
    """
    data = np.sort(np.asarray(values, dtype="float64"))
    n = len(data)
    if n == 0:
        return math.nan, math.nan
    if n == 1 or times < 1:
        return float(data.mean()), float(data.mean())
    tail = float(scipy.stats.norm.cdf(math.sqrt(n / (n - 1)) * scipy.stats.t.ppf((1 - level) / 2, n - 1)))
    random = np.random.default_rng([seed, zlib.crc32(name.encode())])
    some = max(1, DRAWN // n)  # resamples at once: all of them would take a gigabyte for a hundred thousand values
    means = np.concatenate([data[random.integers(0, n, size=(min(some, times - at), n))].mean(axis=1)
                            for at in range(0, times, some)])
    low, high = np.quantile(means, [tail, 1 - tail])
    return min(float(low), float(data.mean())), max(float(high), float(data.mean()))


def _order(frame: pd.DataFrame, column: str) -> list[str]:
    """The values of a column, most utterances first, then by name."""
    counts = frame.groupby(column)["utterance"].nunique()
    return sorted(counts.index, key=lambda value: (-counts[value], value))


def _counts(units: pd.DataFrame, keys: list[str], grid: pd.Index, study: studies.Study,
            articles: pd.DataFrame | None) -> pd.DataFrame:
    """The counts of the units by the keys, for every row of the grid, with net stance and interval."""
    outlets = None if articles is None else articles.set_index("article")["outlet"].to_dict()
    groups: dict[tuple, list[tuple]] = {}
    for *key, stance, statements, joined, split in tuples(units, *keys, "stance", "n_statements", "articles", "split"):
        groups.setdefault(tuple(key), []).append((stance, statements, joined, split))
    rows = []
    for key in grid:
        key = key if isinstance(key, tuple) else (key,)
        part = groups.get(key, [])
        support, oppose, neutral = (sum(stance == side for stance, *_ in part) for side in tables.STANCES)
        n = support + oppose + neutral
        names = {name for _, _, joined, _ in part for name in joined.split("|")}
        low, high = net_interval(support, oppose, n) if n else (math.nan, math.nan)
        side = "" if not n else "support" if support > oppose else "oppose" if oppose > support else "neutral"
        rows.append((*key, support, oppose, neutral, n, sum(row[1] for row in part), len(names),
                     -1 if outlets is None else len({outlets.get(name, name) for name in names}),
                     sum(row[3] for row in part), support / n if n else math.nan,
                     (support - oppose) / n if n else math.nan, low, high, side, n > 0,
                     n >= max(1, study.min_statements)))
    return _typed(rows, (*keys, *STANCE[2:]))


def _typed(rows: list[tuple], columns: Sequence[str]) -> pd.DataFrame:
    """The rows as a frame whose columns have their types with and without rows."""
    return pd.DataFrame(rows, columns=list(columns)).astype({name: TYPES.get(name, "str") for name in columns})
