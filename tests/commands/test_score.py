"""`dialogsum score`: outputs of any system, in many layouts, become a record."""

import json
from pathlib import Path

import pytest

from dialogsum.cli import main as run_console
from dialogsum.commands.score import score_files
from dialogsum.common.errors import DataError
from dialogsum.evaluation.prediction_files import read_outputs, read_references

DIALOGUES = ["#Person1#: Hi Tom.\n#Person2#: Bye.", "#Person1#: I fly to Rome.\n#Person2#: Ok"]
ROWS = [
    {"id": f"test_{n}", "dialogue": text, "summary1": f"Ref {n}.", "summary2": f"Other {n} ref."}
    for n, text in enumerate(DIALOGUES)
]
# As on the hub: a row per reference.
HUB = [
    {"id": f"test_{n}_{k}", "dialogue": text, "summary": f"Reference {n} {k}."}
    for n, text in enumerate(DIALOGUES)
    for k in (1, 2, 3)
]


@pytest.fixture
def write(tmp_path):
    def write_file(name: str, content) -> Path:
        path = tmp_path / name
        if not isinstance(content, str):
            content = "".join(json.dumps(row) + "\n" for row in content)
        path.write_text(content, encoding="utf-8")
        return path

    return write_file


def texts(predictions: Path, *references: Path) -> list[str]:
    return [output.text for output in read_outputs(predictions, read_references(references))]


def test_record_and_predictions(write, tmp_path) -> None:
    references = write("refs.jsonl", ROWS)
    predictions = write(
        "mine.jsonl",
        [
            {"id": "test_1", "prediction": "Ref 1.", "truncated": True},
            {"id": "test_0", "prediction": None},
        ],
    )
    scored = score_files(predictions, references, to=tmp_path / "out", dataset="dialogsum")
    result = json.loads((tmp_path / "out" / "result.json").read_text())
    assert (result["status"], result["strategy"], result["dataset"]) == (
        "completed", "mine", "dialogsum",
    )  # fmt: skip
    assert result["metrics"] == {"validation": {}, "test": scored.metrics}
    assert scored.metrics["rouge1_best"]["value"] == 0.5
    assert scored.metrics["empty"] == pytest.approx(
        {"value": 0.5, "ci_low": 0.0, "ci_high": 1.0, "n": 2}
    )
    assert scored.metrics["truncated"]["value"] == 0.5
    assert result["parameters"] == {"trainable": None, "total": None, "percent": None}
    assert result["time_s"]["fit"] is None
    assert result["time_s"]["score"] >= 0
    assert result["data"]["rows"] == {"test": 2}
    assert result["data"]["references"] == {"test": 4}
    assert result["environment"]["scorer"].startswith("rouge-score")
    assert result["environment"]["protocol"]["references"].startswith("average")
    rows = [json.loads(line) for line in (tmp_path / "out/predictions/test.jsonl").open()]
    assert [row["id"] for row in rows] == ["test_0", "test_1"]
    assert rows[1]["references"] == ["Ref 1.", "Other 1 ref."]
    assert rows[1]["scores"]["rouge1_best"] == 1
    assert rows[0]["scores"]["novel_ngrams"] is None


def test_has_the_keys_of_a_run(write, tmp_path) -> None:
    from omegaconf import OmegaConf

    from dialogsum.tracking.record import RunRecord

    names = {key: {"name": "x"} for key in ("strategy", "model", "dataset", "prompt")}
    cfg = OmegaConf.create({"name": "x", "seed": 0, **names})
    score_files(write("a.txt", "a\n"), write("b.txt", "b\n"), to=tmp_path / "out")
    result = json.loads((tmp_path / "out" / "result.json").read_text())
    assert RunRecord(cfg, tmp_path).values.keys() - result.keys() == set()


def test_text_by_position_with_empty_lines(write) -> None:
    references = write("a.ref", "One.\nTwo.\n"), write("b.ref", "First.\n\n")
    read = read_references(references)
    assert [d.references for d in read.dialogues] == [("One.", "First."), ("Two.",)]
    assert texts(write("sys.txt", "\nsecond"), *references) == ["", "second"]
    assert texts(write("sys.jsonl", [{"summary": "x"}, {"summary": "y"}]), *references) == [
        "x",
        "y",
    ]


def test_rows_per_reference_in_every_pairing(write) -> None:
    references = write("hub.jsonl", HUB)
    read = read_references([references])
    assert [d.id for d in read.dialogues] == ["test_0", "test_1"]
    assert len(read.dialogues[0].references) == 3
    outputs = ["zero", "one"]
    six = [{"id": row["id"], "summary": outputs[int(row["id"][5])]} for row in HUB]
    two = [{"id": f"test_{n}", "prediction": text} for n, text in enumerate(outputs)]
    assert texts(write("six.jsonl", six), references) == outputs
    assert texts(write("two.jsonl", two), references) == outputs
    assert texts(write("six.txt", "zero\n" * 3 + "one\n" * 3), references) == outputs
    assert texts(write("two.txt", "zero\none\n"), references) == outputs
    six[1]["summary"] = "else"
    with pytest.raises(ValueError, match=r"six.jsonl:2: 'test_0' has another .*six.jsonl:1$"):
        texts(write("six.jsonl", six), references)


def test_own_predictions_are_references_and_outputs(write, tmp_path) -> None:
    score_files(write("a.txt", "a\nb"), write("refs.jsonl", ROWS), to=tmp_path / "first")
    rows = tmp_path / "first" / "predictions" / "test.jsonl"
    again = score_files(rows, rows, to=tmp_path / "second")
    first = json.loads((tmp_path / "first" / "result.json").read_text())
    assert again.metrics == first["metrics"]["test"]


def test_without_dialogues(write, tmp_path) -> None:
    rows = [{"id": row["id"], "summary": row["summary"]} for row in HUB]
    read = read_references([write("refs.jsonl", rows)])
    assert len(read.dialogues) == 6  # nothing says that test_0_1 and test_0_2 are one dialogue
    rows = [{"id": "a", "summary": "x"}, {"id": "a", "summary": "y"}, {"id": "b", "summary": ""}]
    read = read_references([write("refs.jsonl", rows)])
    assert [d.references for d in read.dialogues] == [("x", "y")]
    assert read.rows == ["a", "a", None]
    assert read.cleaning.empty == ["b"]
    outputs = write("out.jsonl", [{"id": "b", "summary": "q"}, {"id": "a", "summary": "p"}])
    assert texts(outputs, tmp_path / "refs.jsonl") == ["p"]


@pytest.mark.parametrize(
    ("predictions", "references", "message"),
    [
        (("p.txt", "a\nb\nc\n"), ("r.jsonl", ROWS), "p.txt: 3 predictions for 2 references;"),
        (("p.txt", "a\nb\nc\n"), ("r.jsonl", HUB), "for 6 references \\(2 dialogues\\);"),
        (("p.jsonl", [{"id": "x", "summary": ""}]), ("r.jsonl", ROWS), "p.jsonl:1: no reference "),
        (
            ("p.jsonl", [{"id": "test_0", "summary": ""}]),
            ("r.jsonl", ROWS),
            "no prediction for 1 dialogues: test_1",
        ),
        (("p.jsonl", [{"predicton": ""}]), ("r.jsonl", ROWS), "p.jsonl:1: no 'prediction' or"),
        (("p.jsonl", [{"summary": 3}]), ("r.jsonl", ROWS), "p.jsonl:1: 'summary' must be a text"),
        (("p.jsonl", '{"summary": \n'), ("r.jsonl", ROWS), "p.jsonl:1: invalid JSON"),
        (("p.txt", "a\n"), ("r.jsonl", [{"id": "1", "text": ""}]), "r.jsonl:1: no column 'summ"),
        (("p.txt", "a\nb\n"), ("r.txt", "x\n\n"), "r.txt:2: a reference must not be empty"),
        (("p.txt", "a\n"), ("r.jsonl", [{"id": "1", "summary": ""}]), "no row has a reference"),
        (("none.txt", None), ("r.jsonl", ROWS), "none.txt: cannot be read"),
    ],
)
def test_mistakes_name_file_and_line(write, tmp_path, predictions, references, message) -> None:
    name, content = predictions
    path = tmp_path / name if content is None else write(name, content)
    with pytest.raises(ValueError, match=message):
        score_files(path, write(*references), to=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_several_files_must_be_text_of_one_length(write) -> None:
    with pytest.raises(ValueError, match="must all be text"):
        read_references([write("a.txt", "a\n"), write("r.jsonl", ROWS)])
    with pytest.raises(ValueError, match=r"b.txt: 1 lines, but .*a2.txt has 2"):
        read_references([write("a2.txt", "a\nb\n"), write("b.txt", "a\n")])
    with pytest.raises(ValueError, match="no file of references"):
        read_references([])


def test_records_are_not_replaced_unasked(write, tmp_path) -> None:
    files = write("a.txt", "a\n"), write("b.txt", "b\n")
    out = tmp_path / "out"
    score_files(*files, to=out)
    with pytest.raises(ValueError, match="holds a record already"):
        score_files(*files, to=out)
    score_files(*files, name="again", to=out, force=True)
    assert json.loads((out / "result.json").read_text())["strategy"] == "again"
    (out / "result.json").write_text('{"status": "completed"}')
    with pytest.raises(ValueError, match="the directory of a run"):
        score_files(*files, to=out, force=True)


def test_default_directory(write, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    scored = score_files(write("a.txt", "a\n"), write("b.txt", "b\n"), name="BART large / 2021")
    assert scored.directory == Path("outputs/scored/BART_large_2021")


def test_real_references_score_each_other(shared: Path, tmp_path) -> None:
    references = shared / "data" / "dialogsum" / "dialogsum.test.jsonl"
    rows = [json.loads(line) for line in references.open()]
    outputs = tmp_path / "human.jsonl"
    outputs.write_text(
        "".join(json.dumps({"id": r["fname"], "summary": r["summary1"]}) + "\n" for r in rows)
    )
    scored = score_files(outputs, references, to=tmp_path / "human")
    assert scored.metrics["rouge1"]["n"] == scored.n == 500
    assert scored.metrics["rouge1_best"]["value"] == pytest.approx(1)


def test_a_copied_reference_is_not_taken_for_the_output(write, tmp_path, capsys) -> None:
    references = write("refs.jsonl", [row | {"summary": row["summary1"]} for row in ROWS])
    both = [
        {"id": row["id"], "summary": row["summary1"], "generated_summary": "Nobody knows."}
        for row in ROWS
    ]
    predictions = write("both.jsonl", both)
    with pytest.raises(DataError, match=r"summary, generated_summary.*--column"):
        score_files(predictions, references, to=tmp_path / "a")
    with pytest.raises(DataError, match="generated_summary"):
        score_files(predictions, references, to=tmp_path / "a", column="generated_sumary")
    scored = score_files(predictions, references, to=tmp_path / "a", column="generated_summary")
    assert scored.metrics["rouge1"]["value"] == 0
    assert not scored.copies
    options = ["--predictions", str(predictions), "--references", str(references)]
    assert run_console(["score", *options, "--column", "summary", "--to", str(tmp_path / "b")]) == 0
    assert "equals a reference" in capsys.readouterr().err
