"""An inverted index of short texts by character grams, good from fifty titles to hundreds of thousands.

A text is a bag of grams: Chinese characters and pairs of them, words and padded trigrams of other scripts.
A title is scored by how much of the query it holds, each gram weighted by its rarity (IDF), and by the cosine
of the two bags refined by rapidfuzz's ratio. Rare grams are read first and reading stops after `POSTINGS` entries,
which bounds the time: frequent grams tell little apart.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.core.retrieval.normalise import is_han

POSTINGS = 4_000
"""Index entries read for one query, at most."""
SHORTLIST = 50
"""Titles whose text is compared by rapidfuzz."""
RATIO_WEIGHT = 0.3
"""Share of rapidfuzz's ratio in the likeness; alone it ranks worse, added it breaks ties well."""
SHARE_WEIGHT = 0.7
"""What a title has beyond the query matters less than what it lacks of it."""


def grams(parts: Sequence[str]) -> Counter[str]:
    """Count the grams of a text given as atoms.

    >>> sorted(grams(["卷", "积", "bn"]))
    ['^bn', 'bn', 'bn$', '卷', '卷积', '积']
    """
    found: Counter[str] = Counter()
    before = ""
    for part in parts:
        found[part] += 1
        if not is_han(part):
            padded = f"^{part}$"
            found.update(padded[at : at + 3] for at in range(len(padded) - 2))
        elif is_han(before):
            found[before + part] += 1
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
    idf: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]
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
        return cls(tuple(texts), vocabulary, idf, offsets, owners[order], weights[order], lengths)

    def search(self, parts: Sequence[str], limit: int = 10) -> tuple[Hit, ...]:
        """Return the nearest titles, best first; equal ones in their own order."""
        if not self.texts:
            return ()
        length, grams_of_query = self._query(parts)
        numbers, cosines = self._cosines(length, grams_of_query)
        if not len(numbers):
            return ()
        shares = np.minimum(1.0, cosines * self.lengths[numbers] / length)
        rough = SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * cosines
        if len(numbers) > SHORTLIST:
            kept = np.argpartition(-rough, SHORTLIST)[:SHORTLIST]
            numbers, cosines, shares = numbers[kept], cosines[kept], shares[kept]
        ratios = process.cdist([" ".join(parts)], [self.texts[number] for number in numbers], scorer=fuzz.ratio)[0]
        likeness = (1 - RATIO_WEIGHT) * cosines + RATIO_WEIGHT / 100 * ratios
        scores = SHARE_WEIGHT * shares + (1 - SHARE_WEIGHT) * likeness
        best = np.lexsort((numbers, -scores))[:limit]
        columns = (column[best].tolist() for column in (numbers, scores, likeness, shares))
        return tuple(Hit(*values) for values in zip(*columns, strict=True))

    def _cosines(
        self, length: float, known: Sequence[tuple[int, int, float]]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
        """Return the titles that share a gram with the query, and their cosines."""
        owners: list[npt.NDArray[np.int32]] = []
        weights: list[npt.NDArray[np.float32]] = []
        read = 0
        for _, gram_id, weight in known:
            start, end = int(self.offsets[gram_id]), int(self.offsets[gram_id + 1])
            if owners and read + end - start > POSTINGS:
                break
            end = min(end, start + POSTINGS)
            read += end - start
            owners.append(self.owners[start:end])
            weights.append(self.weights[start:end] * np.float32(weight / length))
        if not owners:
            return np.empty(0, np.int32), np.empty(0, np.float64)
        numbers, inverse = np.unique(np.concatenate(owners), return_inverse=True)
        return numbers, np.bincount(inverse, weights=np.concatenate(weights)).astype(np.float64)

    def _query(self, parts: Sequence[str]) -> tuple[float, list[tuple[int, int, float]]]:
        """Return the length of the query's vector, and its known grams as (df, id, weight), rarest first."""
        unknown = math.log1p(max(len(self.texts), 1))
        known, total = [], 0.0
        for gram, count in grams(parts).items():
            gram_id = self.vocabulary.get(gram)
            idf = unknown if gram_id is None else float(self.idf[gram_id])
            weight = idf * math.sqrt(count)
            total += weight * weight
            if gram_id is not None:
                known.append((int(self.offsets[gram_id + 1] - self.offsets[gram_id]), gram_id, weight))
        return math.sqrt(total) or 1.0, sorted(known)
