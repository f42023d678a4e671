"""Before deciding: the options that a policy could take, what each costs and brings, who gains, what could go wrong."""
