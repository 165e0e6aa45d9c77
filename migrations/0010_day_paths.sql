-- Which pages a company read on a day: how many, and a JSON array of them (`2["/","/pricing"]`), so that a list of who read a page
-- reads company-days and not activity. How many, because an older Worker that writes to the row leaves the list as it was.
-- In company_day because that row is written with every change anyway: no row more is written. Null: nobody wrote it down (days from
-- before this migration, days of very many paths); such days are answered from activity, as all were.

ALTER TABLE company_day ADD COLUMN paths TEXT;
