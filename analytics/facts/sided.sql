-- sided: a contact row and the side that it is on; side is NULL where it is not delivered. A step, kept nowhere.
-- Reads in_contact. A missing time counts as second -1 when it asks (ask_s) and 86400 when it answers (answer_s), so
-- that days are compared where either side lacks a time.
SELECT
    c.*,
    COALESCE(c.contact_second, -1) AS ask_s,
    COALESCE(c.contact_second, 86400) AS answer_s,
    CASE
        WHEN NOT COALESCE(c.audience = 'personal' AND c.outcome NOT IN ('no_answer', 'not_delivered'), FALSE) THEN NULL
        WHEN c.direction = 'two_way' OR c.outcome IN ('reached', 'replied')
            OR c.channel IN ('in_person', 'video', 'home_visit', 'conference') THEN 'conversation'
        WHEN c.direction IN ('outbound', 'inbound') THEN c.direction
        ELSE 'unknown'
    END AS side
FROM in_contact AS c
