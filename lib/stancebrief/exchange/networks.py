"""Who stands where as networks: signed, weighted edges for visone, Gephi and whatever reads GraphML or a CSV edge list.

Two networks: countries and targets (an edge where a country has a position on a target), and countries with each other
(an edge where two countries have a side on the same targets).
"""

from __future__ import annotations

import csv
import io
import pathlib
from collections.abc import Mapping

import networkx
import pandas as pd

from stancebrief import countries, tables

SIGN = {"support": 1, "oppose": -1}
KINDS = {"id": str, "label": str, "mode": str, "source": str, "target": str, "sign": int, "weight": int, "net": float,
         "index": float, "support": int, "oppose": int, "neutral": int, "n_statements": int, "shared": int, "same": int,
         "opposed": int, "same_on": str, "opposed_on": str}


def country_target(cells: pd.DataFrame, labels: Mapping[str, str]) -> networkx.Graph:
    """Countries and targets, with an edge where anything was said.

    `cells`: of series.by_country; `labels`: the codebook's {target: label}. Nodes have `label` and `mode` (country,
    target). Edges have `weight` (utterances), `sign` (1 supports more often, -1 opposes more often, 0 neither), `net`
    (-1 to 1), `support`, `oppose`, `neutral`, `n_statements`.
    """
    graph = networkx.Graph(name="countries and targets")
    for row in cells[cells["said"].astype(bool)].itertuples():
        country, target = f"country:{row.country}", f"target:{row.target}"
        graph.add_node(country, label=countries.name(row.country), mode="country")
        graph.add_node(target, label=labels.get(row.target, row.target), mode="target")
        graph.add_edge(country, target, weight=int(row.n_utterances), sign=SIGN.get(row.side, 0), net=float(row.net),
                       support=int(row.support), oppose=int(row.oppose), neutral=int(row.neutral),
                       n_statements=int(row.n_statements))
    return graph


def country_country(pairs: pd.DataFrame) -> networkx.Graph:
    """Countries, with an edge where two have a side on at least one target in common.

    `pairs`: of series.agreement_between_countries. Nodes have `label` and `mode`. Edges have `weight` (targets on which
    both have a side), `sign` (1 mostly the same side, -1 mostly opposed, 0 even), `index` (-1 to 1), `same`, `opposed`,
    `same_on`, `opposed_on`.
    """
    graph = networkx.Graph(name="countries with each other")
    for row in pairs[pairs["shared"] > 0].to_dict("records"):
        one, other = f"country:{row['country']}", f"country:{row['other']}"
        for node, code in ((one, row["country"]), (other, row["other"])):
            graph.add_node(node, label=countries.name(code), mode="country")
        graph.add_edge(one, other, weight=int(row["shared"]), index=float(row["index"]), same=int(row["same"]),
                       sign=(row["same"] > row["opposed"]) - (row["same"] < row["opposed"]),
                       opposed=int(row["opposed"]), same_on=row["same_on"], opposed_on=row["opposed_on"])
    return graph


def write_graphml(graph: networkx.Graph, path: pathlib.Path) -> pathlib.Path:
    """The network as GraphML, in one move."""
    return tables.write_bytes("\n".join(networkx.generate_graphml(graph, named_key_ids=True)).encode("utf-8"), path)


def read_graphml(path: pathlib.Path) -> networkx.Graph:
    """A network from GraphML, its attributes typed."""
    return networkx.read_graphml(path, force_multigraph=False)


def write_edges(graph: networkx.Graph, path: pathlib.Path) -> pathlib.Path:
    """The network as a CSV edge list: `source`, `target`, then the edges' attributes."""
    names = list(dict.fromkeys(name for *_, attributes in graph.edges(data=True) for name in attributes))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["source", "target", *names])
    for one, other, attributes in graph.edges(data=True):
        writer.writerow([one, other, *(attributes[name] for name in names)])
    return tables.write_bytes(out.getvalue().encode("utf-8"), path)


def read_edges(path: pathlib.Path) -> networkx.Graph:
    """A network from a CSV edge list as written here; nodes have no attributes but their names."""
    graph = networkx.Graph()
    with pathlib.Path(path).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            graph.add_edge(row.pop("source"), row.pop("target"),
                           **{name: KINDS.get(name, str)(value) for name, value in row.items()})
    return graph
