-- Which pages a company read on a day, as a JSON array of paths, so that a list of who read a page reads company-days and not activity.
-- In company_day because that row is written with every change anyway: no row more is written. Null: nobody wrote it down (days from
-- before this migration, days of very many paths); such days are answered from activity, as all were.

ALTER TABLE company_day ADD COLUMN paths TEXT;
