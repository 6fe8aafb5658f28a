"""Exchange: what goes out comes back the same, in every format; what does not fit is named."""

import base64
import json
import sqlite3

import coded
import networkx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancebrief import exchange, series, study, tables
from stancebrief.agreement import coding, reviews
from stancebrief.exchange import dna, dnafile, networks

TEXT = ("Paris \U0001f600 said the tariff must stay.\r\n"
        "Berlin called it \"a mistake\" and, with Paris, asked for talks.\r\nRome said it had seen the papers.\r\n")
ARTICLES = tables.check(pd.DataFrame([{
    "article": "a.txt", "outlet": "Post", "outlet_country": "FRA", "headline": "Tariff", "language": "en",
    "published": "2022-06-08", "published_basis": "stated", "published_note": "", "url": "", "sha256": "0",
    "words": 20, "furniture": "[]", "copies": "a.txt", "rewritten": "", "text": TEXT}]), "articles")
LABELS = {"tariff": "The tariff", "talks": "Talks"}
OURS = study.Study("made-up", min_statements=1)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=0, max_size=30)


def statement(words, countries, speaker, kind="indirect", rule="cue"):
    start = TEXT.index(words)
    name = f"a.txt:{start}-{start + len(words)}"
    return {"statement": name, "article": "a.txt", "start": start, "end": start + len(words), "kind": kind,
            "content": words, "cue": "said", "cue_start": -1, "cue_end": -1, "speaker": speaker,
            "speaker_as_written": speaker, "speaker_start": -1, "speaker_end": -1, "countries": countries,
            "country_basis": "capital", "rule": rule, "confidence": 0.9, "paragraph_start": 0,
            "paragraph_end": len(TEXT), "utterance": name}


STATEMENTS = tables.check(pd.DataFrame([
    statement("the tariff must stay", "FRA", "Paris"), statement("it \"a mistake\"", "DEU", "Berlin", "mixed"),
    statement("for talks", "DEU|FRA", "Berlin"), statement("it had seen the papers", "ITA", "Rome")]), "statements")
STAY, MISTAKE, TALKS, PAPERS = STATEMENTS["statement"]


def position(name, country, target, stance, coder="rules"):
    return {"statement": name, "article": "a.txt", "utterance": name, "country": country, "target": target,
            "stance": stance, "words": "", "spans": "[]", "why": "", "confidence": 0.8, "coder": coder}


POSITIONS = tables.check(pd.DataFrame([
    position(STAY, "FRA", "tariff", "support"), position(MISTAKE, "DEU", "tariff", "oppose"),
    position(TALKS, "DEU", "talks", "support"), position(TALKS, "FRA", "talks", "neutral"),
    position(STAY, "FRA", "tariff", "oppose", "human:ana")]), "positions")
CELLS = series.by_country(POSITIONS[POSITIONS["coder"] == "rules"], STATEMENTS, OURS)


# ---- CSV and data package

@settings(max_examples=40, deadline=None)
@given(texts=st.lists(NAMES, min_size=4, max_size=4), number=st.floats(0, 1))
def test_any_text_and_number_survives_csv(tmp_path_factory, texts, number):
    path = tmp_path_factory.mktemp("out") / "statements.csv"
    frame = STATEMENTS.assign(content=texts, speaker=texts[::-1], confidence=number)
    exchange.write_csv(frame, "statements", path)
    pd.testing.assert_frame_equal(exchange.read_csv("statements", path), tables.check(frame, "statements"))


def test_a_package_comes_back_whole_and_writes_the_same_bytes_twice(tmp_path):
    frames = {"articles": ARTICLES, "statements": STATEMENTS, "positions": POSITIONS,
              "problems": tables.empty("problems")}
    place = exchange.write_package(frames, tmp_path / "one", name="made-up")
    back = exchange.read_package(tmp_path / "one")
    assert list(back) == list(frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(back[name], frame)
        pd.testing.assert_frame_equal(tables.read(name, tmp_path / "one"), frame)
    exchange.write_package(frames, tmp_path / "two", name="made-up")
    assert place.read_bytes() == (tmp_path / "two" / "datapackage.json").read_bytes()


def test_the_dictionary_covers_every_column_of_every_table(tmp_path):
    frames = {name: tables.empty(name) for name in tables.TABLES}
    package = json.loads(exchange.write_package(frames, tmp_path, name="all", parquet=False).read_text("utf-8"))
    for resource in package["resources"]:
        promise = tables.TABLES[resource["name"]]
        header = (tmp_path / resource["path"]).read_text("utf-8").splitlines()[0].replace('"', "").split(",")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == promise.names == header
        assert all(field["description"] and field["type"] in exchange.TYPES.values() for field in fields)
        assert set(resource["schema"].get("primaryKey", [])) == set(promise.key)


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda d: (d / "positions.csv").write_text("x\n"), "was changed"),
    (lambda d: (d / "positions.csv").unlink(), "not there"),
    (lambda d: (d / "datapackage.json").write_text("{"), "no data package"),
    (lambda d: (d / "datapackage.json").unlink(), "datapackage.json")])
def test_a_spoilt_package_is_refused_by_name(tmp_path, spoil, said):
    exchange.write_package({"positions": POSITIONS}, tmp_path, name="p", parquet=False)
    spoil(tmp_path)
    with pytest.raises(exchange.ExchangeError, match=said):
        exchange.read_package(tmp_path)


@pytest.mark.parametrize(("old", "new", "said"), [
    (",0.8,", ",much,", "row 1"), (',"support",', ',"for",', "row 0.*'for'"), ("\n", ";\n", "fields")])
def test_a_csv_row_that_does_not_fit_is_named(tmp_path, old, new, said):
    path = exchange.write_csv(POSITIONS.iloc[:1], "positions", tmp_path / "positions.csv")
    head, _, rest = path.read_text("utf-8").partition("\n")
    path.write_text(f"{head}\n{rest.replace(old, ',' + new if new.startswith(';') else new, 1)}", "utf-8")
    with pytest.raises(exchange.ExchangeError, match=said):
        exchange.read_csv("positions", path)


# ---- DNA

def test_statements_stand_in_their_places_in_dna(tmp_path):
    path = dna.write(tmp_path / "x.dna", ARTICLES, STATEMENTS, POSITIONS, LABELS)
    base = sqlite3.connect(path)
    text, day = base.execute("SELECT Text, Date FROM DOCUMENTS").fetchone()
    assert "\r" not in text and day == 1654646400
    units = text.encode("utf-16-le")   # DNA counts in UTF-16
    spans = {units[2 * a:2 * b].decode("utf-16-le") for a, b in base.execute("SELECT Start, Stop FROM STATEMENTS")}
    assert spans == set(STATEMENTS["content"])
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    assert base.execute("SELECT COUNT(*) FROM STATEMENTS s LEFT JOIN DATABOOLEAN b ON b.StatementId = s.ID "
                        "WHERE s.StatementTypeId = 1 AND b.ID IS NULL").fetchone() == (0,)
    assert base.execute("SELECT COUNT(*) FROM DATABOOLEAN").fetchone() == (4,), "neutral is no disagreement"


def test_dna_comes_back_coder_by_coder(tmp_path):
    path = dna.write(tmp_path / "x.dna", ARTICLES, STATEMENTS, POSITIONS, LABELS)
    coders, problems = dna.read(path, ARTICLES, LABELS)
    assert problems.empty and set(coders) == {"rules", "human:ana"}
    statements, positions = coders["rules"]
    back = {(r.statement, r.country, r.target, r.stance) for r in positions.itertuples()}
    assert back == {(r.statement, r.country, r.target, r.stance) for r in POSITIONS.itertuples() if r.coder == "rules"}
    assert dict(zip(statements["statement"], statements["countries"], strict=True)) == dict(
        zip(STATEMENTS["statement"], STATEMENTS["countries"], strict=True))
    assert statements["content"].tolist() == STATEMENTS["content"].tolist()
    assert statements["speaker"].tolist() == STATEMENTS["speaker"].tolist()
    assert coders["human:ana"][1]["stance"].tolist() == ["oppose"]


@settings(max_examples=25, deadline=None)
@given(text=st.text(st.sampled_from("ab \r\n\U0001f600é\""), min_size=3, max_size=40), data=st.data())
def test_any_span_of_any_text_survives_dna(tmp_path_factory, text, data):
    # a span that begins or ends inside a line end of two characters cannot be told from its neighbour
    edges = [k for k in range(len(text) + 1) if text[k - 1:k + 1] != "\r\n" or k in (0, len(text))]
    start, end = sorted(data.draw(st.lists(st.sampled_from(edges), min_size=2, max_size=2, unique=True)))
    articles = ARTICLES.assign(text=text)
    name = f"a.txt:{start}-{end}"
    one = STATEMENTS.iloc[:1].assign(statement=name, start=start, end=end, content=text[start:end], utterance=name)
    path = dna.write(tmp_path_factory.mktemp("out") / "x.dna", articles, one, POSITIONS.iloc[:1].assign(statement=name),
                     LABELS)
    coders, problems = dna.read(path, articles, LABELS)
    assert problems.empty and coders["rules"][0]["statement"].tolist() == [name]


def test_the_same_tables_give_the_same_database(tmp_path):
    one, two = (dna.write(tmp_path / name, ARTICLES, STATEMENTS, POSITIONS, LABELS) for name in ("1.dna", "2.dna"))
    assert one.read_bytes() == two.read_bytes()


def test_the_password_is_kept_as_dna_checks_it():
    """A digest that DNA 3 itself made for the password `sample`, with its salt."""
    kept = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"
    assert dnafile.password("sample", base64.b64decode(kept)[:16]) == kept


def test_what_others_coded_in_dna_is_taken_as_a_person(tmp_path):
    path = dna.write(tmp_path / "x.dna", ARTICLES, STATEMENTS, POSITIONS, LABELS)
    base = sqlite3.connect(path)
    base.execute("UPDATE CODERS SET Name = 'Ben' WHERE Name = 'human:ana'")
    base.execute("UPDATE ENTITIES SET Value = 'weather' WHERE Value = 'Talks'")
    base.execute("UPDATE ATTRIBUTEVALUES SET AttributeValue = '' WHERE AttributeValue = 'ITA'")
    base.execute("UPDATE ENTITIES SET Value = 'Chamber of Trade' WHERE Value = 'Italy'")
    base.commit()
    base.close()
    coders, problems = dna.read(path, ARTICLES, LABELS)
    assert "human:Ben" in coders
    assert problems["problem"].value_counts().to_dict() == {"concept is no target": 2, "organization is no country": 1}
    assert TALKS in set(coders["rules"][0]["statement"]), "the statement is kept without its position"


def test_a_document_that_is_not_ours_is_named(tmp_path):
    path = dna.write(tmp_path / "x.dna", ARTICLES, STATEMENTS, POSITIONS, LABELS)
    coders, problems = dna.read(path, ARTICLES.assign(text=TEXT + "More."), LABELS)
    assert not coders and set(problems["problem"]) == {"document not in the study"}


@pytest.mark.parametrize("content", [b"", b"no database at all", None])
def test_a_file_that_is_no_dna_database_is_refused(tmp_path, content):
    path = tmp_path / "x.dna"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(dna.DnaError, match=r"x\.dna"):
        dna.read(path, ARTICLES, LABELS)


# ---- networks

def test_countries_and_targets_as_a_signed_network(tmp_path):
    graph = networks.country_target(CELLS, LABELS)
    edge = graph.edges["country:DEU", "target:tariff"]
    assert (edge["sign"], edge["weight"]) == (-1, 1) and graph.nodes["country:DEU"]["label"] == "Germany"
    assert graph.edges["country:FRA", "target:talks"]["sign"] == 0, "neutral is said, and is no side"
    assert "country:ITA" not in graph


def test_countries_with_each_other():
    graph = networks.country_country(series.agreement_between_countries(CELLS))
    edge = graph.edges["country:FRA", "country:DEU"]
    assert (edge["sign"], edge["weight"], edge["opposed_on"]) == (-1, 1, "tariff")


@pytest.mark.parametrize("graph", [networks.country_target(CELLS, LABELS), networkx.Graph(),
                                   networks.country_country(series.agreement_between_countries(CELLS))])
def test_networks_come_back_with_types(tmp_path, graph):
    back = networks.read_graphml(networks.write_graphml(graph, tmp_path / "x.graphml"))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {frozenset(e[:2]): e[2] for e in back.edges(data=True)} == {
        frozenset(e[:2]): e[2] for e in graph.edges(data=True)}
    edges = networks.read_edges(networks.write_edges(graph, tmp_path / "x.csv"))
    assert {frozenset(e[:2]): e[2] for e in edges.edges(data=True)} == {
        frozenset(e[:2]): e[2] for e in graph.edges(data=True)}


# ---- everything at once

def test_a_study_goes_out_whole(tmp_path):
    ours = study.load("dprk-vetoes", workspace=str(tmp_path / "work"))
    codebook = "data/dprk-vetoes/codebook.yaml"
    if not (ours.folder / "codebook.yaml").exists():
        pytest.skip(f"no {codebook}")
    for name, frame in (("articles", ARTICLES), ("statements", STATEMENTS),
                        ("positions", POSITIONS[POSITIONS["coder"] == "rules"])):
        tables.write(frame, name, ours.tables)
    written = exchange.write_all(ours, tmp_path / "out")
    assert {path.name for path in written} == {"datapackage.json", "dprk-vetoes.dna", "country-target.graphml",
                                               "country-target.csv", "country-country.graphml", "country-country.csv"}
    assert len(exchange.read_package(tmp_path / "out")) == 3


def test_what_people_decided_leaves_with_the_tables(small_study, tmp_path):
    ours = coded.study_with_tables()
    session = coding.Session(ours, "ana")
    session.look(session.statements.query("content.str.contains('eased')")["statement"].item())
    session.decide([("RUS", "sanctions", "support")])
    with reviews.path(ours.folder, "ana").open("a") as out:
        out.write("half a li")
    exchange.write_all(ours, tmp_path / "out")
    frames = exchange.read_package(tmp_path / "out")
    [mine] = frames["positions"].query("coder == 'human:ana'").to_dict("records")
    assert (mine["country"], mine["target"], mine["stance"]) == ("RUS", "sanctions", "support")
    assert "oppose" not in set(frames["positions"].query("country == 'RUS'")["stance"])
    assert frames["problems"]["reason"].str.contains(r"ana\.csv, line 3").any(), "named, not dropped"
    graph = networkx.read_graphml(tmp_path / "out" / "country-target.graphml")
    [edge] = [data for a, b, data in graph.edges(data=True) if "country:RUS" in (a, b)]
    assert (edge["sign"], edge["support"], edge["oppose"]) == (1, 1, 0)
