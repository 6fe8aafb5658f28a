"""What a Discourse Network Analyzer 3 database looks like: its tables, how it counts characters and keeps passwords."""

from __future__ import annotations

import base64
import functools
import hashlib

VERSION, DATE = "3.0.11", "2024-01-01"
LENGTH = 190   # characters that DNA allows in a name
_NAME = f"TEXT NOT NULL DEFAULT '' CHECK (LENGTH({{}}) <= {LENGTH})"
_COLOUR = "Red INTEGER NOT NULL DEFAULT 0, Green INTEGER NOT NULL DEFAULT 0, Blue INTEGER NOT NULL DEFAULT 0"
_MAY = ("AddDocuments EditDocuments DeleteDocuments ImportDocuments AddStatements EditStatements DeleteStatements "
        "EditAttributes EditRegex EditStatementTypes EditCoders EditCoderRelations ViewOthersDocuments "
        "EditOthersDocuments ViewOthersStatements EditOthersStatements").split()


def _to(table: str, column: str) -> str:
    return f"{column} INTEGER REFERENCES {table}(ID) ON DELETE CASCADE"


SCHEMA = {
    "SETTINGS": "Property TEXT PRIMARY KEY, Value TEXT NOT NULL",
    "CODERS": f"ID INTEGER PRIMARY KEY NOT NULL, Name {_NAME.format('Name')}, {_COLOUR}, "
              "Refresh INTEGER NOT NULL DEFAULT 0, FontSize INTEGER NOT NULL DEFAULT 14, Password TEXT NOT NULL, "
              "PopupWidth INTEGER DEFAULT 300, ColorByCoder INTEGER NOT NULL DEFAULT 0, "
              "PopupDecoration INTEGER NOT NULL DEFAULT 0, PopupAutoComplete INTEGER NOT NULL DEFAULT 1, "
              + ", ".join(f"Permission{right} INTEGER NOT NULL DEFAULT 1" for right in _MAY),
    "DOCUMENTS": f"ID INTEGER PRIMARY KEY NOT NULL, Title {_NAME.format('Title')}, Text TEXT NOT NULL, "
                 + _to("CODERS", "Coder") + "".join(f", {c} {_NAME.format(c)}" for c in ("Author", "Source", "Section"))
                 + f", Notes TEXT NOT NULL DEFAULT '', Type {_NAME.format('Type')}, Date INTEGER NOT NULL",
    "STATEMENTTYPES": f"ID INTEGER PRIMARY KEY NOT NULL, Label {_NAME.format('Label')}, {_COLOUR}",
    "VARIABLES": f"ID INTEGER PRIMARY KEY NOT NULL, Variable {_NAME.format('Variable')}, "
                 "DataType TEXT NOT NULL DEFAULT 'short text', " + _to("STATEMENTTYPES", "StatementTypeId")
                 + ", UNIQUE (Variable, StatementTypeId)",
    "VARIABLELINKS": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("VARIABLES", "SourceVariableId") + ", "
                     + _to("VARIABLES", "TargetVariableId"),
    "REGEXES": f"Label TEXT PRIMARY KEY, {_COLOUR}",
    "CODERRELATIONS": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("CODERS", "Coder") + ", " + _to("CODERS", "OtherCoder")
                      + "".join(f", {c} INTEGER NOT NULL DEFAULT 1" for c in (
                          "viewStatements", "editStatements", "viewDocuments", "editDocuments")),
    "STATEMENTS": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("STATEMENTTYPES", "StatementTypeId") + ", "
                  + _to("DOCUMENTS", "DocumentId") + ", Start INTEGER NOT NULL CHECK (Start >= 0), "
                  "Stop INTEGER NOT NULL CHECK (Start < Stop), " + _to("CODERS", "Coder"),
    **{f"DATA{kind}": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("STATEMENTS", "StatementId") + ", "
       + _to("VARIABLES", "VariableId") + f", {value}, UNIQUE (StatementId, VariableId)" for kind, value in (
           ("BOOLEAN", "Value INTEGER NOT NULL DEFAULT 1"), ("INTEGER", "Value INTEGER NOT NULL DEFAULT 0"),
           ("SHORTTEXT", _to("ENTITIES", "Entity")), ("LONGTEXT", "Value TEXT DEFAULT ''"))},
    "ENTITIES": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("VARIABLES", "VariableId")
                + f", Value {_NAME.format('Value')}, {_COLOUR}, " + _to("ENTITIES", "ChildOf")
                + ", UNIQUE (VariableId, Value)",
    "ATTRIBUTEVARIABLES": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("VARIABLES", "VariableId")
                          + f", AttributeVariable {_NAME.format('AttributeVariable')}",
    "ATTRIBUTEVALUES": "ID INTEGER PRIMARY KEY NOT NULL, " + _to("ENTITIES", "EntityId") + ", "
                       + _to("ATTRIBUTEVARIABLES", "AttributeVariableId")
                       + f", AttributeValue {_NAME.format('AttributeValue')}, UNIQUE (EntityId, AttributeVariableId)",
}


@functools.cache
def password(word: str, salt: bytes) -> str:
    """The word as DNA keeps it: SHA-256 a hundred thousand times over, behind its 16 bytes of salt, in base 64."""
    digest = hashlib.sha256(salt + word.encode("utf-8")).digest()
    for _ in range(99_999):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")


def text_and_places(text: str) -> tuple[str, list[int]]:
    """The text as DNA shows it, and where each of our characters (and the end) stands in it.

    DNA counts in units of UTF-16, and its line ends are one unit each.
    """
    places, at = [], 0
    for k, char in enumerate(text):
        places.append(at)
        if not (char == "\r" and text[k + 1:k + 2] == "\n"):
            at += 2 if ord(char) > 0xFFFF else 1
    return text.replace("\r\n", "\n").replace("\r", "\n"), [*places, at]
