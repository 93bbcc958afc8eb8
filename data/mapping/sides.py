"""Rules that find the direction, and with whom it was, in columns of senders, recipients and who began it.

What they say of a row is worked out in `data.mapping.parties`.
"""

from data.mapping import evidence, parties, shapes
from data.mapping.model import Column, Derived
from data.mapping.words import concepts, plain


def roles(columns, taken) -> dict[str, Derived]:
    """From the roles of sender and recipient."""
    sender, recipient = taken.get("_sender_type"), taken.get("_recipient_type")
    if not sender:
        return _to_roles(recipient, taken.get("_from") or taken.get("staff"))
    headers = [sender.header] + ([recipient.header] if recipient else [])
    sentence = f"Direction is read from the sender's role in “{sender.header}”."
    found = {"direction": Derived("roles", headers, sentence)}
    if recipient:
        whom = f"With whom it was is read from the roles in “{sender.header}” and “{recipient.header}”."
        found["contact_with"] = Derived("roles_with", headers, whom)
    elif any(parties.role(text) == "student" for text, _ in sender.top):
        whom = f"Rows that “{sender.header}” calls a student's are not with a family: they are counted and not stored."
        found["contact_with"] = Derived("sender_with", headers, whom)
    return found


def _to_roles(recipient: Column | None, sender: Column | None) -> dict[str, Derived]:
    """Recipients' roles alone: what goes to families and students is outbound. What goes to staff comes from a family,
    or from staff who write to families elsewhere in the file."""
    if not recipient or not any(parties.role(text) for text, _ in recipient.top):
        return {}
    columns = [recipient.header, sender.header if sender else ""]
    direction = f"Direction is read from the recipient's role in “{recipient.header}”: to staff inbound, else outbound."
    among = f", or to staff from those who write to families in “{sender.header}”," if sender else ""
    whom = f"Rows that “{recipient.header}” calls to a student{among} are not with a family: they are not stored."
    return {
        "direction": Derived("to_roles", columns, direction),
        "contact_with": Derived("to_roles_with", columns, whom),
    }


def from_to(columns, taken) -> dict[str, Derived]:
    """From who stands in columns such as From and To."""
    sender, recipient = taken.get("_from"), taken.get("_to")
    if not sender or not recipient:
        return _from_alone(sender) if sender else {}
    others = [taken[name].header if name in taken else "" for name in ("student_name", "staff")]
    titled = shapes.share(sender, shapes.has_title) and shapes.share(recipient, shapes.has_title)
    whose = others if titled else ["", others[1]]  # whose child it was tells something beside titles only
    sentence = f"Direction is read from who stands in “{sender.header}” and “{recipient.header}”."
    both = f"both “{sender.header}” and “{recipient.header}”"
    called = any(parties.role(text) == "student" for column in (sender, recipient) for text, _ in column.top)
    among = f"{both}, or a student and no family in them," if called else both
    whom = f"Rows with staff in {among} are not with a family: they are counted and not stored."
    return {
        "direction": Derived("from_to", [sender.header, recipient.header, *others], sentence),
        "contact_with": Derived("from_to_with", [sender.header, recipient.header, *whose], whom),
    }


def _from_alone(sender: Column) -> dict[str, Derived]:
    if not parties.writes_as_family(text for text, _ in sender.top):
        return {}
    found = {"direction": Derived("from", [sender.header], f"Direction is read from who stands in “{sender.header}”.")}
    if any(parties.role(text) == "student" for text, _ in sender.top):
        whom = f"Rows that “{sender.header}” calls a student's are not with a family: they are counted and not stored."
        found["contact_with"] = Derived("from_with", [sender.header], whom)
    return found


def as_sender(found: dict):
    """ "Sent By" beside "Sent To" names the staff, unless families write, too: then it is the sender."""
    staff = found.get("staff")
    alone = staff and "_to" in found and "_from" not in found
    if alone and any(parties.role(text) == "family" for text, _ in staff[0].top):
        found["_from"] = found.pop("staff")


def callers(found: dict):
    """ "Caller name" beside "Caller relationship" names the family, who is not stored."""
    staff, began = found.get("staff"), found.get("initiated_by")
    both = staff and began and all(plain(column.header).startswith("caller") for column, _ in (staff, began))
    if both and any(parties.role(text) == "family" for text, _ in began[0].top):
        del found["staff"]


def initiator(columns, taken) -> dict[str, Derived]:
    """Direction from who began it."""
    column = taken.get("initiated_by")
    if not column:
        return {}
    sentence = f"Direction is read from who began it in “{column.header}”: family or student inbound, school outbound."
    return {"direction": Derived("initiator", [column.header], sentence)}


def interpreted(columns, taken) -> dict[str, Derived]:
    """An interpreter with a name or a number was there: "Interpreter ID", as on the invoice of a telephone line."""
    named = [
        column
        for column in columns
        if {"INTERPRETER"} < concepts(column.header)[0] <= {"INTERPRETER", "ID", "NUMBER", "NAME", "FULL"}
        and column.filled and not shapes.words_of(column) <= evidence.YES_NO
    ]  # fmt: skip
    if not named:
        return {}
    sentence = f"An interpreter took part where “{named[0].header}” is filled."
    return {"interpreter": Derived("interpreter", [named[0].header], sentence)}
