
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0004_rooms_first_rows'),
        ('documents', '0005_texts'),
        ('offices', '0001_initial'),
        ('partners', '0030_registry'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreement',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreement',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='agreement',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='agreement',
            name='agreement_starts_after_signing',
        ),
        migrations.RemoveConstraint(
            model_name='agreement',
            name='signed_agreement_has_scan',
        ),
        migrations.AddField(
            model_name='agreement',
            name='is_archived',
            field=models.BooleanField(default=False, editable=False, verbose_name='dari arsip'),
        ),
        migrations.AddField(
            model_name='agreementevent',
            name='is_archived',
            field=models.BooleanField(default=False, editable=False, verbose_name='dari arsip'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agreements_agreementevent" ("amends_id", "created_at", "created_by_id", "ends_on", "for_all_units", "form", "group_id", "id", "is_archived", "kind", "number_year", "office_id", "our_authority", "our_capacity", "our_nip", "our_number", "our_position", "our_signatory", "partner_authority", "partner_due_by", "partner_id", "partner_number", "partner_position", "partner_signatory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "renews_id", "revision", "scan_id", "signed_at_place", "signed_on", "starts_on", "status", "status_since", "subject", "submission_key", "submitted_by_id", "termination_paper_id", "title", "umbrella_id", "urgency") VALUES (NEW."amends_id", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."for_all_units", NEW."form", NEW."group_id", NEW."id", NEW."is_archived", NEW."kind", NEW."number_year", NEW."office_id", NEW."our_authority", NEW."our_capacity", NEW."our_nip", NEW."our_number", NEW."our_position", NEW."our_signatory", NEW."partner_authority", NEW."partner_due_by", NEW."partner_id", NEW."partner_number", NEW."partner_position", NEW."partner_signatory", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'insert\', NEW."id", NEW."reason", NEW."region_id", NEW."renews_id", NEW."revision", NEW."scan_id", NEW."signed_at_place", NEW."signed_on", NEW."starts_on", NEW."status", NEW."status_since", NEW."subject", NEW."submission_key", NEW."submitted_by_id", NEW."termination_paper_id", NEW."title", NEW."umbrella_id", NEW."urgency"); RETURN NULL;', hash='7b26bdfc967551e969fa4214c7cbffedf2113e7c', operation='INSERT', pgid='pgtrigger_insert_insert_13a93', table='agreements_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."amends_id" IS DISTINCT FROM (NEW."amends_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."created_by_id" IS DISTINCT FROM (NEW."created_by_id") OR OLD."ends_on" IS DISTINCT FROM (NEW."ends_on") OR OLD."for_all_units" IS DISTINCT FROM (NEW."for_all_units") OR OLD."form" IS DISTINCT FROM (NEW."form") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_archived" IS DISTINCT FROM (NEW."is_archived") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number_year" IS DISTINCT FROM (NEW."number_year") OR OLD."office_id" IS DISTINCT FROM (NEW."office_id") OR OLD."our_authority" IS DISTINCT FROM (NEW."our_authority") OR OLD."our_capacity" IS DISTINCT FROM (NEW."our_capacity") OR OLD."our_nip" IS DISTINCT FROM (NEW."our_nip") OR OLD."our_number" IS DISTINCT FROM (NEW."our_number") OR OLD."our_position" IS DISTINCT FROM (NEW."our_position") OR OLD."our_signatory" IS DISTINCT FROM (NEW."our_signatory") OR OLD."partner_id" IS DISTINCT FROM (NEW."partner_id") OR OLD."partner_authority" IS DISTINCT FROM (NEW."partner_authority") OR OLD."partner_due_by" IS DISTINCT FROM (NEW."partner_due_by") OR OLD."partner_number" IS DISTINCT FROM (NEW."partner_number") OR OLD."partner_position" IS DISTINCT FROM (NEW."partner_position") OR OLD."partner_signatory" IS DISTINCT FROM (NEW."partner_signatory") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."region_id" IS DISTINCT FROM (NEW."region_id") OR OLD."renews_id" IS DISTINCT FROM (NEW."renews_id") OR OLD."revision" IS DISTINCT FROM (NEW."revision") OR OLD."scan_id" IS DISTINCT FROM (NEW."scan_id") OR OLD."signed_at_place" IS DISTINCT FROM (NEW."signed_at_place") OR OLD."signed_on" IS DISTINCT FROM (NEW."signed_on") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."status_since" IS DISTINCT FROM (NEW."status_since") OR OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."submission_key" IS DISTINCT FROM (NEW."submission_key") OR OLD."submitted_by_id" IS DISTINCT FROM (NEW."submitted_by_id") OR OLD."termination_paper_id" IS DISTINCT FROM (NEW."termination_paper_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."umbrella_id" IS DISTINCT FROM (NEW."umbrella_id") OR OLD."urgency" IS DISTINCT FROM (NEW."urgency"))', func='INSERT INTO "agreements_agreementevent" ("amends_id", "created_at", "created_by_id", "ends_on", "for_all_units", "form", "group_id", "id", "is_archived", "kind", "number_year", "office_id", "our_authority", "our_capacity", "our_nip", "our_number", "our_position", "our_signatory", "partner_authority", "partner_due_by", "partner_id", "partner_number", "partner_position", "partner_signatory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "renews_id", "revision", "scan_id", "signed_at_place", "signed_on", "starts_on", "status", "status_since", "subject", "submission_key", "submitted_by_id", "termination_paper_id", "title", "umbrella_id", "urgency") VALUES (NEW."amends_id", NEW."created_at", NEW."created_by_id", NEW."ends_on", NEW."for_all_units", NEW."form", NEW."group_id", NEW."id", NEW."is_archived", NEW."kind", NEW."number_year", NEW."office_id", NEW."our_authority", NEW."our_capacity", NEW."our_nip", NEW."our_number", NEW."our_position", NEW."our_signatory", NEW."partner_authority", NEW."partner_due_by", NEW."partner_id", NEW."partner_number", NEW."partner_position", NEW."partner_signatory", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'update\', NEW."id", NEW."reason", NEW."region_id", NEW."renews_id", NEW."revision", NEW."scan_id", NEW."signed_at_place", NEW."signed_on", NEW."starts_on", NEW."status", NEW."status_since", NEW."subject", NEW."submission_key", NEW."submitted_by_id", NEW."termination_paper_id", NEW."title", NEW."umbrella_id", NEW."urgency"); RETURN NULL;', hash='a1bb765821f2bf8cab414c549297aa6ec36588f5', operation='UPDATE', pgid='pgtrigger_update_update_36fdd', table='agreements_agreement', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "agreements_agreementevent" ("amends_id", "created_at", "created_by_id", "ends_on", "for_all_units", "form", "group_id", "id", "is_archived", "kind", "number_year", "office_id", "our_authority", "our_capacity", "our_nip", "our_number", "our_position", "our_signatory", "partner_authority", "partner_due_by", "partner_id", "partner_number", "partner_position", "partner_signatory", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "region_id", "renews_id", "revision", "scan_id", "signed_at_place", "signed_on", "starts_on", "status", "status_since", "subject", "submission_key", "submitted_by_id", "termination_paper_id", "title", "umbrella_id", "urgency") VALUES (OLD."amends_id", OLD."created_at", OLD."created_by_id", OLD."ends_on", OLD."for_all_units", OLD."form", OLD."group_id", OLD."id", OLD."is_archived", OLD."kind", OLD."number_year", OLD."office_id", OLD."our_authority", OLD."our_capacity", OLD."our_nip", OLD."our_number", OLD."our_position", OLD."our_signatory", OLD."partner_authority", OLD."partner_due_by", OLD."partner_id", OLD."partner_number", OLD."partner_position", OLD."partner_signatory", _pgh_attach_context(), CLOCK_TIMESTAMP(), \'delete\', OLD."id", OLD."reason", OLD."region_id", OLD."renews_id", OLD."revision", OLD."scan_id", OLD."signed_at_place", OLD."signed_on", OLD."starts_on", OLD."status", OLD."status_since", OLD."subject", OLD."submission_key", OLD."submitted_by_id", OLD."termination_paper_id", OLD."title", OLD."umbrella_id", OLD."urgency"); RETURN NULL;', hash='83e4fcad5b86eb7674a11b4814493d33e3841efd', operation='DELETE', pgid='pgtrigger_delete_delete_a07e3', table='agreements_agreement', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('signed_on', None), ('starts_on__gte', models.F('signed_on')), ('amends__isnull', False), ('is_archived', True), _connector='OR'), name='agreement_starts_after_signing', violation_error_message='Tanggal mulai berlaku tidak boleh sebelum tanggal tanda tangan.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['signed', 'suspended', 'terminated']), _negated=True), models.Q(models.Q(('our_number', ''), _negated=True), ('signed_on__isnull', False), ('scan__isnull', False)), models.Q(('is_archived', True), ('signed_on__isnull', False)), _connector='OR'), name='signed_agreement_has_scan', violation_error_message='Nomor, tanggal tanda tangan, dan pindaian naskah wajib ada.'),
        ),
    ]
