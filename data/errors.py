"""Refusals: the one way in which `data/` says no.

A refusal carries a short code (for tests and for `--json`) and one sentence for the person at the
keyboard: what happened, and what to do. Nothing above this module ever shows a traceback.
"""


class Refusal(Exception):
    """A request that was turned down, in words for a school secretary.

    `code` is stable and machine readable ("store_busy"); `str(refusal)` is the sentence.
    """

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
