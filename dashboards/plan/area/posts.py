"""Who holds the area's posts, and how much runs under each."""

from html import escape

from dashboards import formats
from dashboards.plan.area.known import Known
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.people import Post
from kpis.plans.care import MANY


def block(session: Session, found: Known) -> str:
    """The posts as a table, as HTML, and a sentence about what is wrong with them."""
    _ = translator(session.locale)
    if not found.posts:
        return "<p>" + escape(_("No post of the area is written down.")) + "</p>"
    titles = [(_("Post"), ""), (_("Held by"), ""), (_("Actions that run"), NUMBER)]
    rows = [_row(session, found, post, _) for post in found.posts]
    said = sentence(session, found)
    return (f"<p>{escape(said)}</p>" if said else "") + table(titles, [("", rows)], _("Posts of the area and who holds them"))


def sentence(session: Session, found: Known) -> str:
    """Posts that stand empty while they own something, and posts that own too much."""
    _ = translator(session.locale)
    said = [_("Nobody holds the post {post}.", post=session.say(post.name)) for post in found.vacant]
    for post in found.crowded:
        name, count = session.say(post.name), found.load[post.id]
        said.append(_("{post} answers for {n} actions that run, more than {many}.", post=name, n=_.count(count), many=MANY))
    return " ".join(said)


def _row(session: Session, found: Known, post: Post, _: Words) -> list[str]:
    nobody = escape(_("nobody"))
    holder = escape(post.holder) if post.holder else f"<b>{nobody}</b>"
    return [escape(session.say(post.name)), holder, formats.number(found.load[post.id], 0, session.locale)]
