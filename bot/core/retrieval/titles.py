"""An inverted index of short texts by character grams, good from fifty titles to hundreds of thousands.

A text is a bag of grams: Chinese characters and pairs of them, words and padded trigrams of other scripts.
A title is scored by how much of the query it holds, each gram weighted by its rarity (IDF), and by the cosine
of the two bags refined by rapidfuzz's ratio. Rare grams are read first and reading stops after `POSTINGS` entries,
which bounds the time: frequent grams tell little apart.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

POSTINGS = 4_000
"""Index entries read for one query, at most."""
SHORTLIST = 50
"""Titles whose text is compared by rapidfuzz."""
RATIO_WEIGHT = 0.3
"""Share of rapidfuzz's ratio in the likeness; alone it ranks worse, added it breaks ties well."""
SHARE_WEIGHT = 0.7
"""What a title has beyond the query matters less than what it lacks of it."""


def grams(parts: Sequence[str]) -> dict[str, int]:
    """Count the grams of a text given as atoms.

    >>> sorted(grams(["卷", "积", "bn"]))
    ['^bn', 'bn', 'bn$', '卷', '卷积', '积']
    """
    found: dict[str, int] = {}
    before = ""
    for part in parts:
        found[part] = found.get(part, 0) + 1
        if not "㐀" <= part[:1] <= "鿿":
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A title found.

    Attributes:
        number: its place among the titles given to `build`.
        score: 0-1, `SHARE_WEIGHT` of the share and the rest of the likeness: what titles are ranked by.
        likeness: 0-1, how far the two texts are the same.
        share: 0-1, how much of the query stands in the title, however much else does.
    """

    number: int
    score: float
    likeness: float
    share: float


@dataclass(frozen=True)
class TitleIndex:
    """Titles by their grams.

    Attributes:
        texts: the titles as compared, for the ratio.
        vocabulary: gram -> its number.
        idf: rarity of each gram.
        offsets: postings of gram g are `owners[offsets[g]:offsets[g + 1]]`.
        owners: title numbers, gram by gram.
        weights: weight of the gram in that title, divided by the title's length as a vector.
        lengths: length of each title as a vector.
    """

    texts: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: array[float]
    offsets: array[int]
    owners: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
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
        weights = (raw / np.maximum(lengths, 1e-9)[owners]).astype(np.float32)
        offsets = np.concatenate(([0], np.cumsum(df))).astype(np.int64)
        # Read one by one, arrays of Python's own are faster than numpy's.
        single = array("f", idf.tolist()), array("q", offsets.tolist())
        return cls(tuple(texts), vocabulary, *single, owners[order], weights[order], lengths)

    def search(self, parts: Sequence[str], limit: int = 10) -> tuple[Hit, ...]:
        """Return the nearest titles, best first; equal ones in their own order."""
        return tuple(map(Hit, *self.nearest(parts, limit)))

    def nearest(self, parts: Sequence[str], limit: int) -> tuple[list[int], list[float], list[float], list[float]]:
        """Return what `search` returns as columns: numbers, scores, likenesses, shares."""
        length, known = self._query(parts)
        if not known:
            return [], [], [], []
        numbers, cosines = self._cosines(length, known)
        shares = np.minimum(1.0, cosines * self.lengths[numbers] / length)
        if len(numbers) > SHORTLIST:
            rough = SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * cosines
            kept = np.argpartition(-rough, SHORTLIST)[:SHORTLIST]
            numbers, cosines, shares = numbers[kept], cosines[kept], shares[kept]
        texts = self.texts
        ratios = process.cdist([" ".join(parts)], [texts[number] for number in numbers.tolist()], scorer=fuzz.ratio)[0]
        likeness = (1 - RATIO_WEIGHT) * cosines + RATIO_WEIGHT / 100 * ratios
        scores = SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * likeness
        best = np.lexsort((numbers, -scores))[:limit]
        return numbers[best].tolist(), scores[best].tolist(), likeness[best].tolist(), shares[best].tolist()

    def _cosines(
        self, length: float, known: Sequence[tuple[int, int, float]]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
        """Return the titles that share a gram with the query, and their cosines."""
        owners: list[npt.NDArray[np.int32]] = []
        weights: list[npt.NDArray[np.float32]] = []
        sizes: list[int] = []
        read = 0
        for df, gram_id, _ in known:
            if owners and read + df > POSTINGS:
                break
            start = self.offsets[gram_id]
            end = start + min(df, POSTINGS)
            read += df
            owners.append(self.owners[start:end])
            weights.append(self.weights[start:end])
            sizes.append(end - start)
        factors = np.array([weight / length for _, _, weight in known[: len(sizes)]], np.float32)
        summed: npt.NDArray[Any] = np.bincount(
            np.concatenate(owners), np.concatenate(weights) * np.repeat(factors, sizes)
        )
        numbers = (summed > 0).nonzero()[0]
        return numbers, summed[numbers]

    def _query(self, parts: Sequence[str]) -> tuple[float, list[tuple[int, int, float]]]:
        """Return the length of the query's vector, and its known grams as (df, id, weight), rarest first."""
        unknown = math.log1p(max(len(self.texts), 1))
        known, total = [], 0.0
        idf, offsets, numbered = self.idf, self.offsets, self.vocabulary.get
        for gram, count in grams(parts).items():
            gram_id = numbered(gram)
            weight = (unknown if gram_id is None else idf[gram_id]) * math.sqrt(count)
            total += weight * weight
            if gram_id is not None:
                known.append((offsets[gram_id + 1] - offsets[gram_id], gram_id, weight))
        known.sort()
        return math.sqrt(total) or 1.0, known
