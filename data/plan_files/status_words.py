"""The words with which plan files say how an action stands, and which of our statuses each is.

From Gobierto's translations (Spanish and Catalan), Territoires en Transitions (French), the completion scale of the Open
Government Partnership, OC4IDS and IATI. The file's own word stays beside ours.
"""

from data.proposal.matches import folded

WORDS = {
    "not_started": (
        "not started", "pending", "planned", "scheduled", "pipeline", "identification", "preparation", "sin iniciar", "no iniciada",
        "no iniciado", "por iniciar", "pendiente", "planificada", "planificado", "programada", "programado", "aplazada", "aplazado",
        "en cartera", "pendent", "planificat", "planificada", "no iniciat", "no iniciada", "ajornat", "ajornada", "per iniciar", "a venir",
        "a discuter", "nao iniciada", "por comecar",
    ),
    "started": (
        "started", "active", "in progress", "ongoing", "implementation", "finalisation", "delayed", "at risk", "limited", "substantial",
        "en marcha", "en ejecucion", "en curso", "en proceso", "en progreso", "activa", "activo", "activos", "iniciada", "iniciado",
        "empezada", "empezado", "en marxa", "en execucio", "en curs", "en proces", "actiu", "activa", "actius", "iniciat", "iniciada",
        "comencat", "comencada", "en cours", "en retard", "em andamento", "retrasada", "retrasado", "atrasada", "con retraso",
    ),
    "completed": (
        "completed", "complete", "finished", "done", "closed", "maintenance", "fulfilled", "met", "finalizada", "finalizado", "finalizados",
        "terminada", "terminado", "completada", "completado", "cumplida", "cumplido", "ejecutada", "ejecutado", "finalitzat", "finalitzada",
        "finalitzats", "acabat", "acabada", "completat", "completada", "executat", "executada", "realise", "termine", "concluida",
    ),
    "suspended": (
        "suspended", "paused", "on hold", "blocked", "suspendida", "suspendido", "en pausa", "paralizada", "paralizado", "detenida",
        "bloqueada", "suspes", "suspesa", "aturat", "aturada", "en pause", "bloque", "suspensa",
    ),
    "cancelled": (
        "cancelled", "canceled", "discarded", "withdrawn", "abandoned", "decommissioned", "cancelada", "cancelado", "descartada",
        "descartado", "retirada", "desestimada", "cancel lat", "cancel lada", "descartat", "descartada", "abandonne",
    ),
}  # fmt: skip

NOBODY_SAID = {folded(word) for word in ("ND", "NR", "no data", "not reviewed", "no evidence available", "unclear")}
"""Words that say that nobody knows; they count as no status, and never as 0."""

STATUS = {word: status for status, words in WORDS.items() for word in words}


def status_of(text: str) -> str | None:
    """Our status for a word of a file; None where it is none that is known."""
    return STATUS.get(folded(text))


def says_nothing(text: str) -> bool:
    """Whether the word says that nobody knows."""
    return not text.strip() or folded(text) in NOBODY_SAID
