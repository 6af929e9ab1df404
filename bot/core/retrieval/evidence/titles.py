"""An inverted index of short texts by character grams, good from fifty titles to hundreds of thousands.

A text is a bag of grams: Chinese characters and pairs of them, words and padded trigrams of other scripts.
A title is scored by how much of the query it holds, each gram weighted by its rarity (IDF), and by the cosine
of the two bags refined by rapidfuzz's ratio. Rare grams are read first and reading stops after `POSTINGS` entries,
which bounds the time: frequent grams tell little apart.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.core.retrieval.query.normalise import is_han

POSTINGS = 4_000
"""Index entries read for one query, at most."""
SHORTLIST = 50
"""Titles whose text is compared by rapidfuzz."""
RATIO_WEIGHT = 0.3
"""Share of rapidfuzz's ratio in the likeness; alone it ranks worse, added it breaks ties well."""
SHARE_WEIGHT = 0.7
"""What a title has beyond the query matters less than what it lacks of it."""
ENTRY = np.dtype([("title", np.int32), ("weight", np.float32)])
"""An entry of the index: a title that has the gram, and the weight of the gram in it."""
SIZE = ENTRY.itemsize


def grams(parts: Sequence[str]) -> dict[str, int]:
    """Count the grams of a text given as atoms.

    >>> sorted(grams(["卷", "积", "bn"]))
    ['^bn', 'bn', 'bn$', '卷', '卷积', '积']
    """
    found: dict[str, int] = {}
    before = ""
    for part in parts:
        found[part] = found.get(part, 0) + 1
        if not is_han(part):
            padded = f"^{part}$"
            for at in range(len(padded) - 2):
                gram = padded[at : at + 3]
                found[gram] = found.get(gram, 0) + 1
            before = ""
        else:
            if before:
                found[before + part] = found.get(before + part, 0) + 1
            before = part
    return found


class Query(NamedTuple):
    """A text as indexes are asked for it, so that two need not take it apart twice.

    Attributes:
        text: its atoms as one text, for the ratio.
    """

    grams: Mapping[str, int]
    text: str

    @classmethod
    def of(cls, parts: Sequence[str]) -> Query:
        """Take apart a text given as atoms."""
        return cls(grams(parts), " ".join(parts))


@dataclass(frozen=True, slots=True)
class Hit:
    """A title found.

    Attributes:
        number: its place among the titles given to `build`.
        likeness: 0-1, how far the two texts are the same.
        share: 0-1, how much of the query stands in the title, however much else does.
    """

    number: int
    likeness: float
    share: float

    @property
    def score(self) -> float:
        """What titles are ranked by, 0-1: `SHARE_WEIGHT` of the share and the rest of the likeness."""
        return SHARE_WEIGHT * self.share + (1 - SHARE_WEIGHT) * self.likeness


@dataclass(frozen=True)
class TitleIndex:
    """Titles by their grams.

    Attributes:
        texts: the titles as compared, for the ratio.
        vocabulary: gram -> its number.
        idf: rarity of each gram.
        offsets: entries of gram g are the bytes `entries[offsets[g]:offsets[g + 1]]`.
        entries: one of `ENTRY` for each gram of each title, gram by gram; the weight is divided by the title's length
            as a vector. Kept as bytes, which are cut and joined in a fraction of the time that small arrays take.
        lengths: length of each title as a vector.
    """

    texts: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: array[float]
    offsets: array[int]
    entries: bytes
    lengths: npt.NDArray[np.float32]

    @classmethod
    def build(cls, titles: Iterable[Sequence[str]]) -> TitleIndex:
        """Index titles, each given as its atoms."""
        texts: list[str] = []
        vocabulary: dict[str, int] = {}
        gram_of, owner_of, count_of = [], [], []
        for number, parts in enumerate(titles):
            texts.append(" ".join(parts))
            for gram, count in grams(parts).items():
                gram_of.append(vocabulary.setdefault(gram, len(vocabulary)))
                owner_of.append(number)
                count_of.append(count)
        gram_ids = np.asarray(gram_of, dtype=np.int64)
        owners = np.asarray(owner_of, dtype=np.int32)
        df = np.bincount(gram_ids, minlength=len(vocabulary))
        idf = np.log1p(max(len(texts), 1) / np.maximum(df, 1)).astype(np.float32)
        raw = idf[gram_ids] * np.sqrt(np.asarray(count_of, dtype=np.float32))
        lengths = np.sqrt(np.bincount(owners, weights=raw * raw, minlength=len(texts))).astype(np.float32)
        order = np.argsort(gram_ids, kind="stable")
        entries = np.empty(len(order), ENTRY)
        entries["title"] = owners[order]
        entries["weight"] = (raw / np.maximum(lengths, 1e-9)[owners])[order]
        offsets = np.concatenate(([0], np.cumsum(df))) * SIZE
        # Read one by one, arrays of Python's own are faster than numpy's.
        single = array("f", idf.tolist()), array("q", offsets.tolist())
        return cls(tuple(texts), vocabulary, *single, entries.tobytes(), lengths)

    def search(self, parts: Sequence[str], limit: int = 10) -> tuple[Hit, ...]:
        """Return the nearest titles, best first; equal ones in their own order."""
        return tuple(map(Hit, *self.nearest(Query.of(parts), limit)))

    def nearest(self, query: Query, limit: int) -> tuple[list[int], list[float], list[float]]:
        """Return what `search` returns as columns: numbers, likenesses, shares."""
        length, known = self._known(query)
        if not known:
            return [], [], []
        numbers, cosines = self._cosines(length, known)
        shares = np.minimum(1.0, cosines * self.lengths[numbers] / length)
        if len(numbers) > SHORTLIST:
            worse = -(SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * cosines)
            kept = worse.argpartition(SHORTLIST)[:SHORTLIST]
            numbers, cosines, shares = numbers[kept], cosines[kept], shares[kept]
        texts = list(map(self.texts.__getitem__, numbers.tolist()))
        ratios = process.cdist([query.text], texts, scorer=fuzz.ratio)[0]
        likeness = (1 - RATIO_WEIGHT) * cosines + RATIO_WEIGHT / 100 * ratios
        worse = -(SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * likeness)
        best = np.lexsort((numbers, worse))[:limit]
        return numbers[best].tolist(), likeness[best].tolist(), shares[best].tolist()

    def _cosines(
        self, length: float, known: Sequence[tuple[int, int, float]]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
        """Return the titles that share a gram with the query, and their cosines."""
        sizes = [df for df, _, _ in known]
        if sum(sizes) > POSTINGS:
            sizes = list(_affordable(sizes))
        entries, offsets = self.entries, self.offsets
        read = [
            entries[offsets[gram] : offsets[gram] + SIZE * size]
            for (_, gram, _), size in zip(known, sizes, strict=False)
        ]
        rows = np.frombuffer(b"".join(read), ENTRY)
        factors = np.array([weight / length for _, _, weight in known[: len(sizes)]], np.float32)
        summed: npt.NDArray[Any] = np.bincount(rows["title"], rows["weight"] * factors.repeat(sizes))
        numbers = (summed > 0).nonzero()[0]
        return numbers, summed[numbers]

    def _known(self, query: Query) -> tuple[float, list[tuple[int, int, float]]]:
        """Return the length of the query's vector, and its known grams as (df, id, weight), rarest first."""
        unknown = math.log1p(max(len(self.texts), 1))
        known, total = [], 0.0
        idf, offsets, numbered = self.idf, self.offsets, self.vocabulary.get
        for gram, count in query.grams.items():
            gram_id = numbered(gram)
            weight = unknown if gram_id is None else idf[gram_id]
            if count > 1:
                weight *= math.sqrt(count)
            total += weight * weight
            if gram_id is not None:
                known.append(((offsets[gram_id + 1] - offsets[gram_id]) // SIZE, gram_id, weight))
        known.sort()
        return math.sqrt(total) or 1.0, known


def _affordable(sizes: Iterable[int]) -> Iterator[int]:
    """Yield how many entries are read of each gram, given how many there are, fewest first.

    As many grams as can be read whole; of the first one as much as can.
    """
    read = 0
    for size in sizes:
        if read and read + size > POSTINGS:
            return
        read += size
        yield min(size, POSTINGS)
