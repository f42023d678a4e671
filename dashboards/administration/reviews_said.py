"""What the log calls reviews, their values, meetings and promises, concerns, assessments of policies, practices, and the months of
other cities.

Whom to ask about a practice is told on its own page, to people with a role alone: the log leaves it out.
"""

from dashboards.words import N_

ACTIONS = {
    "keep_review": N_("began, closed or opened a month's review"),
    "type_value": N_("typed a value"),
    "validate_value": N_("judged a value"),
    "write_analysis": N_("wrote what moved a goal"),
    "weigh_risk": N_("weighed the risk of a goal"),
    "name_stand_in": N_("named a stand-in"),
    "keep_meeting": N_("prepared or held a meeting"),
    "write_note": N_("wrote down what a meeting said"),
    "ask_follow_up": N_("asked for a follow-up"),
    "do_follow_up": N_("settled a follow-up"),
    "raise_concern": N_("raised a concern"),
    "answer_concern": N_("answered a concern"),
    "decide_concern": N_("decided about a concern"),
    "close_concern": N_("closed a concern"),
    "keep_policy": N_("kept a policy"),
    "describe_policy": N_("described a policy"),
    "keep_assessment": N_("planned, wrote or settled an assessment"),
    "keep_study": N_("kept a study of a policy"),
    "keep_index": N_("kept an index of places"),
    "keep_group": N_("kept a group of places"),
    "propose_practice": N_("wrote a practice down, or changed it"),
    "keep_practice": N_("kept, changed or withdrew a practice"),
    "receive_city": N_("received a city's months, or decided whether to"),
}
OBJECTS = {
    "review": N_("review of a month"), "snapshot": N_("closed month"), "sent_value": N_("typed value"), "stand_in": N_("stand-in"),
    "meeting": N_("meeting"), "item": N_("item of the agenda"), "note": N_("note of a meeting"), "follow_up": N_("follow-up"),
    "analysis": N_("analysis of a goal"), "risk": N_("risk of a goal"),
    "concern": N_("concern"), "city_key": N_("key of a city"), "city_month": N_("month of a city"),
    "policy": N_("policy"), "assessment": N_("assessment"), "assessment_score": N_("judgement of a policy"),
    "practice": N_("practice"),
}  # fmt: skip
COLUMNS = {
    "city": N_("city"), "month": N_("month"), "indicator": N_("indicator"), "value": N_("value"), "question": N_("question"),
    "room": N_("room"), "text": N_("text"), "answer": N_("answer"), "settled": N_("how it was settled"), "shown": N_("what was done"),
    "dropped": N_("why it was left out"), "accepted": N_("why it was closed with values missing"),
    "reopened_why": N_("why it was opened again"), "goal": N_("goal"), "likelihood": N_("how likely"),
    "measure": N_("what is done about it"), "policy": N_("policy"), "assessment": N_("assessment"), "problem": N_("problem"),
    "moment": N_("which assessment"), "judge": N_("who judges"), "judge_name": N_("name of who judges"), "method": N_("method"),
    "deviations": N_("what went otherwise than planned"), "recommendation": N_("recommended"), "score": N_("score"),
    "unscored": N_("why there is no score"), "argument": N_("why it is judged so"), "next_due": N_("next due"),
    "done": N_("what was done"), "elsewhere": N_("where"), "since": N_("since"),
    "indicators": N_("indicators"), "strength": N_("what shows it"),
    "found": N_("what was found"), "cost": N_("what it cost"), "currency": N_("currency"), "bought": N_("what that paid for"),
    "withdrawn": N_("why it was withdrawn"), "written_by": N_("written down by"),
}  # fmt: skip
OF_A_FOLLOW_UP = {"what": N_("what is asked for"), "dropped": N_("why it was given up"), "done_on": N_("done on")}
"""What columns that others have too are called there."""
STATES = {
    "open": N_("still open"), "closed": N_("closed"), "planned": N_("planned"), "held": N_("held"), "done": N_("done"),
    "dropped": N_("given up"), "raised": N_("raised"), "answered": N_("answered"), "decided": N_("decided"), "draft": N_("draft"),
    "under_way": N_("under way"), "sent": N_("sent"), "validated": N_("validated"), "published": N_("published"),
    "proposed": N_("proposed"), "kept": N_("holds"), "withdrawn": N_("withdrawn"),
}  # fmt: skip
