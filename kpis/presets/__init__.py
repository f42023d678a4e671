"""Rules of other systems and offices, one file each: how they measure, their bands, and what each band means in ours."""
