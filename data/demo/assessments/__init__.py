"""The policies of the demo city and their assessments: done by the city, from outside and by residents, dropped, under way and overdue."""
