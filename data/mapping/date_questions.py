"""What is asked about the dates of a log: their order, and whether a spreadsheet program swapped day and month."""

from data.mapping.model import DateChoice, Question


def about(date: DateChoice | None) -> list[Question]:
    """The questions about the column of dates, none where all is told."""
    asked = []
    if date and date.ambiguous:
        comes_first = "month" if date.order == "dmy" else "day"
        sentence = f"{date.sentence} Say if the {comes_first} comes first."
        asked.append(Question("ask_date_order", sentence, ["mdy", "dmy"], "contact_date"))
    if date and date.swapped:
        sentence = (
            "Some dates are dates of the spreadsheet program, all of the 1st to the 12th of a month, and the others "
            f"are texts, all of a later day ({date.swapped}): a program that is set to the other order swaps day and "
            "month of the former and leaves the latter as texts. Compare some of the former with the log; if they are "
            "wrong, export the file again and load it without opening it in a spreadsheet program."
        )
        asked.append(Question("swapped_dates", sentence, ["the dates are right", "stop"]))
    return asked
