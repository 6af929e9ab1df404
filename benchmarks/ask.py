"""Asking: this index beside rapidfuzz, SQLite FTS5, bm25s and tantivy, all asked in turn in one run.

    python -m benchmarks.ask                  50, 10,000 and 100,000 questions
    python -m benchmarks.ask --sizes 50 1000

Titles and queries are made up from a fixed seed: a query says its title in other words, with another order, words
left out, or a wrong character. Times are CPU time of the asking thread, so that a busy machine does not matter.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bot.adapters.content import language, pack_reader
from bot.core.retrieval import Index
from bot.core.retrieval.evidence.titles import TitleIndex
from bot.core.retrieval.query.normalise import words
from bot.core.retrieval.suggest import Completions

Search = Callable[[str], int]
SLOW = 40
"""Queries of an engine that needs more than a few milliseconds for each; the others are asked `QUERIES`."""
QUERIES = 400
CHARACTERS = language.characters()
PATTERNS = (
    "什么是{a}",
    "请简述{a}和{b}的区别以及各自的适用场景",
    "{a}的作用是什么，为什么{b}需要它",
    "如何用{a}改进{b}的训练效果",
    "{a}的公式怎么推导，与{b}有什么联系",
    "为什么{a}比{b}更快，代价是什么",
    "{a}有哪些优缺点",
    "介绍一下{a}在{b}中的应用和改进方法",
    "介绍一下{a}",
    "{a}与{b}分别解决了什么问题，它们之间是什么关系",
)
"""Questions of an interview, a dozen to thirty characters long."""
REWORDED = (
    "{a} {b} 有啥不同", "讲讲{a}{b}", "{b} {a}", "{a}{b}怎么理解", "请问{a}跟{b}有什么联系", "{a}是干嘛的 {b}",
)  # fmt: skip


@dataclass
class Engine:
    """Something that finds a title.

    Attributes:
        times: CPU seconds of each query.
        hits: queries whose title came first.
    """

    name: str
    search: Search
    built_s: float = 0.0
    is_slow: bool = False
    times: list[float] = field(default_factory=list)
    hits: int = 0


def make(size: int, rng: random.Random) -> tuple[list[str], list[tuple[str, int]]]:
    """Return titles, and queries with the number of the title that each means."""
    han = [chr(code) for code in range(0x4E00, 0x4E00 + 2400)]
    weights = [1 / (rank + 8) for rank in range(len(han))]
    terms = ["".join(rng.choices(han, weights, k=rng.choice((2, 3, 4, 4)))) for _ in range(max(60, size // 4))]
    pairs = [(rng.choice(terms), rng.choice(terms)) for _ in range(size)]
    titles = [rng.choice(PATTERNS).format(a=a, b=b) for a, b in pairs]
    several = [number for number, (_, b) in enumerate(pairs) if b in titles[number]]
    meant = rng.choices(several, k=QUERIES)
    said = (rng.choice(REWORDED).format(a=pairs[number][0], b=pairs[number][1]) for number in meant)
    return titles, [(_slip(text, rng, han), number) for text, number in zip(said, meant, strict=True)]


def _slip(text: str, rng: random.Random, han: Sequence[str]) -> str:
    """Return a text with, every third time, one character replaced."""
    if rng.random() > 1 / 3:
        return text
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(han) + text[at + 1 :]


def bigrams(text: str) -> list[str]:
    """Return the characters and the pairs of characters of a text."""
    parts = words(text, CHARACTERS)
    return [*parts, *(one + other for one, other in pairwise(parts))]


def _ours(titles: Sequence[str]) -> Search:
    index = TitleIndex.build(words(title, CHARACTERS) for title in titles)

    def search(query: str) -> int:
        hits = index.search(words(query, CHARACTERS), limit=3)
        return hits[0].number if hits else -1

    return search


def _rapidfuzz(titles: Sequence[str]) -> Search:
    def search(query: str) -> int:
        found = process.extractOne(query, titles, scorer=fuzz.WRatio)
        return int(found[2])

    return search


def _fts5(titles: Sequence[str]) -> Search:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE t USING fts5(title, tokenize='trigram')")
    base.executemany("INSERT INTO t(rowid, title) VALUES (?, ?)", enumerate(titles))

    def search(query: str) -> int:
        said = "".join(words(query, CHARACTERS))
        wanted = " OR ".join(f'"{said[at : at + 3]}"' for at in range(len(said) - 2))
        if not wanted:
            return -1
        row = base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 1", (wanted,)).fetchone()
        return row[0] if row else -1

    return search


def _bm25s(titles: Sequence[str]) -> Search:
    import bm25s

    index = bm25s.BM25()
    index.index([bigrams(title) for title in titles], show_progress=False)

    def search(query: str) -> int:
        known = [gram for gram in bigrams(query) if gram in index.vocab_dict]
        if not known:
            return -1
        found, _ = index.retrieve([known], k=1, show_progress=False)
        return int(found[0][0])

    return search


def _tantivy(titles: Sequence[str]) -> Search:
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("title", tokenizer_name="whitespace")
    schema.add_integer_field("number", stored=True)
    index = tantivy.Index(schema.build())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for number, title in enumerate(titles):
        writer.add_document(tantivy.Document(title=" ".join(bigrams(title)), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str) -> int:
        wanted = index.parse_query(" ".join(bigrams(query)), ["title"])
        hits = searcher.search(wanted, 1).hits
        return int(searcher.doc(hits[0][1])["number"][0]) if hits else -1

    return search


ENGINES: tuple[tuple[str, Callable[[Sequence[str]], Search], bool], ...] = (
    ("this index", _ours, False),
    ("rapidfuzz WRatio", _rapidfuzz, True),
    ("FTS5 trigram", _fts5, True),
    ("bm25s bigrams", _bm25s, False),
    ("tantivy bigrams", _tantivy, False),
)


def build(titles: Sequence[str]) -> list[Engine]:
    """Build every engine over the same titles."""
    engines = []
    for name, make_search, is_slow in ENGINES:
        start = time.perf_counter()
        search = make_search(titles)
        engines.append(Engine(name, search, time.perf_counter() - start, is_slow and len(titles) > 1000))
    return engines


def run(engines: Sequence[Engine], queries: Sequence[tuple[str, int]]) -> None:
    """Ask every engine every query in turn (slow ones only the first few)."""
    for asked, (query, meant) in enumerate(queries):
        for engine in engines:
            if asked < SLOW or not engine.is_slow:
                start = time.thread_time()
                found = engine.search(query)
                engine.times.append(time.thread_time() - start)
                engine.hits += found == meant


def report(size: int, engines: Sequence[Engine]) -> None:
    """Print one line an engine; the ratio is of medians, to this index."""
    ours = statistics.median(engines[0].times)
    print(f"\n{size:,} questions\n{'':18}{'build s':>9}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}{'recall@1':>10}")
    for engine in engines:
        middle, slowest = statistics.median(engine.times), float(np.quantile(engine.times, 0.99))
        recall = engine.hits / len(engine.times)
        figures = f"{engine.built_s:9.2f}{middle * 1e3:9.3f}{slowest * 1e3:9.3f}{middle / ours:8.1f}{recall:10.3f}"
        print(f"{engine.name:18}{figures}")


def resident_mb() -> float:
    """Return the memory that this process holds, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def memory(titles: Sequence[str]) -> None:
    """Print what this index alone adds to the process."""
    before = resident_mb()
    search = _ours(titles)
    search(titles[0])
    print(f"resident: {resident_mb():.0f} MB with {len(titles):,} questions indexed, {before:.0f} MB before")


def shipped(root: Path, queries: Sequence[str]) -> None:
    """Print what a whole decision costs on the shipped pack, everything included."""
    start = time.perf_counter()
    library = pack_reader.load(root / "content")
    index = Index.build(library, language.full())
    print(f"\nshipped pack, {len(library.concepts)} concepts: read and built in {time.perf_counter() - start:.2f} s")
    times = []
    for query in queries:
        index.search(query)
        start = time.thread_time()
        index.search(query)
        times.append(time.thread_time() - start)
    print(f"a whole decision: p50 {statistics.median(times) * 1e3:.2f} ms, p99 {np.quantile(times, 0.99) * 1e3:.2f} ms")


def suggesting(titles: Sequence[str]) -> None:
    """Print what a completion costs."""
    completions = Completions.build(enumerate(titles), CHARACTERS)
    times = []
    for title in titles[:500]:
        start = time.thread_time()
        completions.find(title[:2])
        times.append(time.thread_time() - start)
    middle, slowest = statistics.median(times), float(np.quantile(times, 0.99))
    print(f"suggest at {len(titles):,}: p50 {middle * 1e3:.3f} ms, p99 {slowest * 1e3:.3f} ms")


def main() -> None:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 10_000, 100_000])
    rng = random.Random(20)
    made = {size: make(size, rng) for size in parser.parse_args().sizes}
    memory(made[max(made)][0])
    for size, (titles, queries) in made.items():
        engines = build(titles)
        run(engines, queries)
        report(size, engines)
    suggesting(make(10_000, rng)[0])
    root = Path(__file__).resolve().parent.parent
    cases = (root / "tests/data/ask_dev.jsonl").read_text(encoding="utf-8").splitlines()
    shipped(root, [json.loads(case)["query"] for case in cases])


if __name__ == "__main__":
    main()
