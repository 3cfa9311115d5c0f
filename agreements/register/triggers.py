"""What only the database can keep true of an agreement among others."""

import pgtrigger


def no_circle() -> pgtrigger.Trigger:
    """None is above itself, by whatever way; refused in the constraint's words."""
    return pgtrigger.Trigger(
        name="umbrella_no_circle",
        operation=pgtrigger.UpdateOf("umbrella_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(new__umbrella__isnull=False),
        func="""
            IF NEW.id IN (
                WITH RECURSIVE above(id) AS (
                    SELECT NEW.umbrella_id
                    UNION
                    SELECT one.umbrella_id FROM agreements_agreement one
                    JOIN above ON one.id = above.id
                )
                SELECT id FROM above WHERE id IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'an agreement above itself' USING
                    ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                    CONSTRAINT = 'agreement_umbrella_is_another';
            END IF;
            RETURN NEW;
        """,
    )


def kept_overlap() -> pgtrigger.Trigger:
    """Two offices or partners that become one keep what each had signed."""
    return pgtrigger.Trigger(
        name="overlap_kept_by_merger",
        operation=pgtrigger.UpdateOf("office_id", "partner_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Q(
            new__status__in=["signed", "suspended"], new__amends__isnull=True
        ),
        func="""
            IF EXISTS (
                SELECT FROM agreements_agreement other
                WHERE other.id <> NEW.id
                    AND other.office_id = NEW.office_id
                    AND other.partner_id = NEW.partner_id
                    AND other.kind = NEW.kind
                    AND other.group_id IS NOT DISTINCT FROM NEW.group_id
                    AND other.status IN ('signed', 'suspended')
                    AND other.amends_id IS NULL
                    AND daterange(other.starts_on, other.ends_on, '[]')
                        && daterange(NEW.starts_on, NEW.ends_on, '[]')
            ) THEN
                NEW.is_overlap_kept := TRUE;
            END IF;
            RETURN NEW;
        """,
    )
