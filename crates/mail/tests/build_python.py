"""Reads mails with Python's email package and says what it found in them.

Input: a JSON list of mails in base64. Output: a JSON list of what is in each.
"""

import base64
import email
import email.header
import email.policy
import email.utils
import hashlib
import json
import sys


def decoded(value):
    """A field as the older reader decodes it, which knows no grammar."""
    return str(email.header.make_header(email.header.decode_header(value)))


def defects_of(part):
    found = [repr(defect) for defect in part.defects]
    for name, value in part.items():
        found += [f"{name}: {defect!r}" for defect in getattr(value, "defects", [])]
    return found


def bytes_of(part):
    if part.get_content_type() == "message/rfc822":
        return part.get_payload(0).as_bytes(policy=email.policy.SMTP)
    return part.get_payload(decode=True)


def file_of(part):
    content = bytes_of(part)
    return {
        "name": part.get_filename(),
        "twin": part.get_param("name"),
        "type": part.get_content_type(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size": len(content),
        "content_id": part["Content-ID"],
        "disposition": part.get_content_disposition(),
    }


def people(plain, name):
    pairs = email.utils.getaddresses([value.replace("\r\n", "") for value in plain.get_all(name, [])])
    return [[decoded(shown), address] for shown, address in pairs]


def read(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.SMTP)
    plain = email.message_from_bytes(raw)
    texts, files, defects, shape = {}, [], [], []
    stack = [mail]
    while stack:
        part = stack.pop()
        defects += defects_of(part)
        kind = part.get_content_type()
        shape.append(kind)
        if part.is_multipart() and kind != "message/rfc822":
            stack += reversed(list(part.iter_parts()))
        elif part.get_content_disposition() is None:
            texts[kind] = part.get_content().replace("\r\n", "\n")
        else:
            files.append(file_of(part))
    lines = raw.split(b"\r\n")
    return {
        "names": [name for name in mail.keys()],
        "fields": [[name, str(value)] for name, value in mail.items()],
        "from": people(plain, "From"),
        "reply_to": people(plain, "Reply-To"),
        "to": people(plain, "To"),
        "cc": people(plain, "Cc"),
        "date": email.utils.parsedate_to_datetime(mail["Date"]).isoformat(),
        "texts": texts,
        "files": files,
        "shape": shape,
        "defects": defects,
        "longest": max(len(line) for line in lines),
        "is_7bit": all(byte < 128 and byte != 0 for byte in raw),
        "has_bare": any(b"\r" in line or b"\n" in line for line in lines),
    }


mails = json.load(sys.stdin)
json.dump([read(base64.b64decode(mail)) for mail in mails], sys.stdout)
