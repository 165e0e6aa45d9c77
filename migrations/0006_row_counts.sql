-- How many counters a company's day has, and how much of it fell into "(other)": what bounds a day's rows, so that nobody can fill
-- a database, and what the operator is told of it. In company_day because that row is written with every change anyway.

ALTER TABLE company_day ADD COLUMN row_count INTEGER NOT NULL DEFAULT 0;    -- rows of company_activity that day
ALTER TABLE company_day ADD COLUMN other_paths INTEGER NOT NULL DEFAULT 0;  -- deeds whose page fell into "(other)"
ALTER TABLE company_day ADD COLUMN other_names INTEGER NOT NULL DEFAULT 0;  -- deeds whose name is "(other)"
