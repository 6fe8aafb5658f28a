"""Mails: the article in one, without what the sender wrote around it; the day it was sent is no day of publication."""

from __future__ import annotations

import email
import email.message
import email.policy
import email.utils
import pathlib
import re
from collections.abc import Iterator

from stancebrief.articles import days, decoding, files, pages

SAVE = "save the article as plain text (UTF-8)"
STUB = 50  # words; plain text shorter than this beside a page with three times as many says only where to read the mail
HEAD = r"[ \t>]*\*?(?:From|Date|Sent|Subject|To|Cc|Reply-To):\*?[^\n]*\n"
# Where a forwarded mail begins: a line that says so, or the head of a mail as Outlook writes it.
FORWARDED = re.compile(r"^[ \t>]*(?:-{2,}[ \t]*(?:forwarded message|original message|forwarded by[^\n]{0,200}?)"
                       r"[ \t]*-{2,}|begin forwarded message:)[ \t]*\n(?:[ \t>]*\n)*|"
                       r"^(?=[ \t>]*\*?From:[^\n]*\n[ \t>]*\*?(?:Sent|Date):[^\n]*\n)", re.I | re.M)
HEADS = re.compile(rf"(?:{HEAD}|[ \t>]*\n)+", re.I)
LINE = re.compile(r"^[ \t>]*\*?(Date|Sent|Subject):\*?[ \t]*([^\n]*)", re.I | re.M)
SECOND_HAND = re.compile(r"(?:\s*(?:fwd?|wg|tr|rv|re|aw|sv|antw)\s*:\s*)+", re.I)  # how subjects of such mails begin
SOFT = re.compile(r"(?<!\n--) \r?\n")  # where a program broke a line for the screen


def mail(path: pathlib.Path) -> Iterator[files.Source]:
    """A mail (.eml): its text, else its page's text; the subject is the headline, the day of sending is inferred.

    Of a forwarded mail it is that mail's text, subject and day.
    """
    data = files.content(path)
    message = email.message_from_bytes(data, policy=email.policy.default)
    text, notes = _text(message)
    subject = " ".join(str(message.get("subject", "")).split())
    sent, basis = _sent(message), "the day the mail was sent"
    second_hand = SECOND_HAND.match(subject)
    if start := FORWARDED.search(text):
        head = HEADS.match(text, start.end())
        lines = {name.lower(): value for name, value in LINE.findall(head.group() if head else "")}
        before, text = text[:start.start()].strip(), text[head.end() if head else start.end():]
        sent, basis = days.read(lines.get("date", lines.get("sent", ""))), "the day the forwarded mail was sent"
        subject = " ".join(lines.get("subject", subject).split())
        notes.append(("forwarded mail", f"the mail that was forwarded was read; left out: {before[:200]!r}",
                      "nothing to do if the article is in the forwarded mail"))
    elif second_hand and sent:
        notes.append(("value not used", f"the mail was forwarded or answered on {sent}, which says nothing of when the "
                      "article was published", "write the day into articles.csv as YYYY-MM-DD"))
        sent = ""
    known = {"headline": SECOND_HAND.sub("", subject, count=1) if SECOND_HAND.match(subject) else subject}
    if sent:
        known |= {"published": sent, "published_basis": "inferred", "published_note": basis}
    if known["headline"] and known["headline"] not in text:
        text = f"{known['headline']}\n\n{text}"
    yield files.Source(decoding.mend(text)[0], data, metadata={k: v for k, v in known.items() if v},
                       notes=tuple(notes))


def _text(message: email.message.EmailMessage) -> tuple[str, list[files.Note]]:
    """The words of the mail, and what is to be said of them. Raises files.Unreadable if it has none."""
    plain, page = (message.get_body(preferencelist=(kind,)) for kind in ("plain", "html"))
    attached = [part.get_filename() or part.get_content_type() for part in message.iter_attachments()]
    notes = [("attachments not read", f"{len(attached)}: {', '.join(attached)[:200]}",
              "save what is an article beside the mail, as a file of its own")] if attached else []
    words = _decoded(plain) if plain is not None else ""
    if page is not None and len(words.split()) < STUB:
        try:
            source = next(pages.read(page.get_payload(decode=True) or b"", page.get_content_charset("")))
        except files.Unreadable:
            source = None
        if source and len(source.text.split()) > 3 * len(words.split()):
            return source.text, notes + [note for note in source.notes if note[0] != "value not used"]
    if not words.strip():
        raise files.Unreadable("no text", "the mail has no text", SAVE)
    return words, notes


def _decoded(part: email.message.EmailMessage) -> str:
    content = decoding.decode(part.get_payload(decode=True) or b"", part.get_content_charset("")).text
    content = content.replace("\r\n", "\n")
    return SOFT.sub(" ", content) if part.get_param("format", "").lower() == "flowed" else content


def _sent(message: email.message.EmailMessage) -> str:
    """The day the mail was sent, by its sender's clock; empty where it does not tell."""
    try:
        day = email.utils.parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError):
        return ""
    return "" if days.odd(day) else day
