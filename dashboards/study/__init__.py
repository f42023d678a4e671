"""One study of whether a policy worked: its finding, its pictures, its doubts, and how it was reckoned."""

from dashboards.study.page import asked as asked
from dashboards.study.page import heading as heading
from dashboards.study.page import show as show
