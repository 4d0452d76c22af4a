"""From the table of a step, or of a limit, to its type."""

from duly.rulebook.fault import shown
from duly.rulebook.following import read_following
from duly.rulebook.form import Form
from duly.rulebook.grammar import read_reference
from duly.rulebook.names import MOST_MEMBERS, NAME, Kind
from duly.rulebook.phrases import Consequence
from duly.rulebook.steps import (
    ANYTIME,
    Extension,
    Force,
    Instead,
    Is,
    Limit,
    NoWorseThan,
    Outcome,
    Per,
    Step,
)
from duly.rulebook.values import as_list, as_table

# A step named as in the example is what it is there, unless `is` says otherwise (rulebook-format, section 2).
IS_BY_NAME = {
    "receive": Is.RECEIPT,
    "acknowledge": Is.ACKNOWLEDGEMENT,
    "sift": Is.SIFT,
    "serve-notice": Is.NOTICE,
    "answer": Is.ANSWER,
    "report": Is.REPORT,
    "find": Is.FINDING,
    "decide-sanction": Is.SANCTION,
    "lodge-appeal": Is.APPEAL,
    "decide-appeal": Is.APPEAL_DECISION,
    "suspend": Is.INTERIM_MEASURE,
    "review-suspension": Is.REVIEW,
    "update": Is.PROGRESS,
    "leave": Is.LEAVING,
    "publish": Is.PUBLICATION,
    "reopen": Is.REOPENING,
}
STEP_KEYS = (
    *("by", "during", "after", "not_before", "only_if", "within", "if_late", "instead", "extend", "outcomes"),
    *(
        "outcome",
        "then",
        "per",
        "times",
        "sets",
        "agreed_by",
        "majority",
        "no_worse_than",
        "not_the_people_of",
    ),
    *("serve_on", "must_state", "grounds", "even_when_closed", "clause", "vague", "is", "adverse", "runs_on"),
    *("force", "fee", "title"),
)
LIMIT_KEYS = ("for", "within", "if_late", "instead", "extend", "clause", "force")
ADVERSE = ("proved", "imposed")


def step(name: str, home: str, line: int, form: Form) -> Step:
    outcomes = _outcomes(form)
    adverse = form.texts("adverse")
    for outcome in adverse:
        form.at("adverse").is_outcome(outcome, name)
    if "adverse" not in form:
        adverse = tuple(outcome for outcome in ADVERSE if outcome in outcomes)
    found = Step(
        name=name,
        home=home,
        line=line,
        by=form.names("by", Kind.OFFICE, needed='by = "complaints-officer"'),
        during=_during(home, form),
        after=form.references("after"),
        not_before=form.timings("not_before"),
        only_if=form.test("only_if"),
        within=form.timings("within"),
        if_late=form.following("if_late") if "if_late" in form else None,
        instead=_instead(form),
        extend=_extension(form),
        outcomes=outcomes,
        then=form.following("then"),
        per=form.choice("per", Per),
        times=_times(form),
        sets=form.names("sets", Kind.DAY),
        agreed_by=form.names("agreed_by", Kind.OFFICE),
        majority=form.text("majority"),
        no_worse_than=_no_worse_than(form),
        not_the_people_of=form.names("not_the_people_of", Kind.STEP),
        serve_on=form.names("serve_on", Kind.OFFICE),
        must_state=form.texts("must_state"),
        grounds=form.texts("grounds"),
        even_when_closed=form.flag("even_when_closed"),
        clause=form.text("clause"),
        title=form.text("title", most=200),
        vague=form.text("vague"),
        is_=form.choice("is", Is) if "is" in form else IS_BY_NAME.get(name),
        adverse=adverse,
        runs_on=form.flag("runs_on"),
        force=form.choice("force", Force) or Force.SHALL,
        fee=form.text("fee"),
    )
    form.finish("a step", known=STEP_KEYS)
    return found


def limits(name: str, form: Form) -> tuple[Limit, ...]:
    """One limit for each time of a `[limit.NAME]`."""
    for_step = form.name("for", Kind.STEP, needed='for = "report"')
    timings = form.timings("within")
    if "within" not in form:
        form.note_missing("within", 'within = "26 weeks after inquiry begins"')
    if_late = form.following("if_late") if "if_late" in form else None
    instead, extend, clause = _instead(form), _extension(form), form.text("clause")
    force = form.choice("force", Force) or Force.SHALL
    form.finish("a limit", known=LIMIT_KEYS)
    return tuple(
        Limit(
            name=name,
            step=for_step or "",
            part=part,
            timing=timing,
            if_late=if_late,
            instead=instead,
            extend=extend,
            clause=clause,
            force=force,
        )
        for part, timing in enumerate(timings)
    )


def _during(home: str, form: Form) -> tuple[str, ...]:
    if home != ANYTIME and "during" in form:
        form.take("during")
        says = f'this step has its home in "{home}".'
        form.note("during", says, f"Leave the key out, or put the step under [{ANYTIME}.NAME].")
        return ()
    return form.names("during", Kind.STAGE, Kind.MEASURE)


def _times(form: Form) -> int | None:
    if form.values.get("times") == "any":
        form.take("times")
        return None
    if isinstance(form.values.get("times"), str):
        said = form.text("times") or ""
        form.at("times").note_said(said, "I do not know this.", 'Write times = 3, or times = "any".')
        return 1
    return form.whole("times") or 1


def _instead(form: Form) -> tuple[Instead, ...]:
    found: list[Instead] = []
    for inner in form.forms("instead"):
        when = inner.test("when")
        if "when" not in inner:
            inner.note_missing("when", 'when = "abroad is yes"')
        if "by" not in inner and "within" not in inner:
            inner.note_missing("what holds instead", "by or within")
        found.append(
            Instead(
                when=when,
                by=inner.names("by", Kind.OFFICE) if "by" in inner else None,
                within=inner.timings("within") if "within" in inner else None,
            )
        )
        inner.finish("instead")
    return tuple(found)


def _extension(form: Form) -> Extension | None:
    inner = form.form("extend")
    if inner is None:
        return None
    by = inner.names("by", Kind.OFFICE, needed='by = "panel-chair"')
    at_most = inner.length("at_most", needed='at_most = "14 days"')
    times, grounds = inner.whole("times") or 1, inner.texts("grounds")
    inner.finish("extend")
    return None if at_most is None else Extension(by=by, at_most=at_most, times=times, grounds=grounds)


def _no_worse_than(form: Form) -> NoWorseThan | None:
    inner = form.form("no_worse_than")
    if inner is None:
        return None
    than = inner.name("step", Kind.STEP, needed='step = "decide-sanction"')
    said = inner.text("unless")
    unless = None if said is None else read_reference(said, inner.at("unless"))
    inner.finish("no_worse_than")
    return None if than is None else NoWorseThan(step=than, unless=unless)


def _outcomes(form: Form) -> dict[str, Outcome]:
    """Outcomes from the list or table `outcomes`, and from the headings `[stage.step.outcome.NAME]`."""
    found: dict[str, Outcome] = {}
    said = form.take("outcomes")
    table = as_table(said)
    spot = form.at("outcomes")
    if table is not None:
        for name, value in table.items():
            found[name] = Outcome(
                name=name, then=read_following(value, spot.under(name).shown_as("outcomes"))
            )
    elif as_list(said) is not None:
        found = {name: Outcome(name=name) for name in form.texts("outcomes")}
    elif said is not None:
        spot.note("I expected a list or a table.", 'Write outcomes = ["proved", "not-proved"].')
    inner = form.part("outcome")
    for name in inner:
        one = inner.form(name)
        if one is not None:
            found[name] = _outcome(name, found.get(name), one)
    if len(found) > MOST_MEMBERS:
        spot.note(f"{len(found):,} outcomes.", f"Keep them to {MOST_MEMBERS}.")
    for name in found:
        if not NAME.match(name):
            says = f'"{shown(name)}" cannot be the name of an outcome.'
            form.note(
                "outcomes", says, "Use small letters a to z, digits and hyphens, beginning with a letter."
            )
    return found


def _outcome(name: str, listed: Outcome | None, form: Form) -> Outcome:
    then: tuple[Consequence, ...] = form.following("then")
    if listed and listed.then and "then" in form:
        says = f'what follows "{name}" is said in "outcomes" as well.'
        form.note("then", says, "Say it in one place.")
    found = Outcome(
        name=name,
        then=then or (listed.then if listed else ()),
        after=form.references("after"),
        only_if=form.test("only_if"),
        agreed_by=form.names("agreed_by", Kind.OFFICE),
        majority=form.text("majority"),
        must_state=form.texts("must_state"),
    )
    form.finish("an outcome")
    return found
