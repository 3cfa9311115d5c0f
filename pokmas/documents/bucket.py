"""Files in an S3 bucket, where every host sees them; POKMAS_S3_BUCKET turns it on."""

import errno
from contextlib import contextmanager

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage

# What servers say when there is no room: HTTP 507, or one of these.
FULL = {"QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded"}


@contextmanager
def told_like_a_disk():
    """Whoever stores or reads knows what a disk says, and need not know of a bucket."""
    try:
        yield
    except ClientError as error:
        said, code = error.response["ResponseMetadata"], error.response["Error"]["Code"]
        is_full = code in FULL or said.get("HTTPStatusCode") == 507
        raise OSError(errno.ENOSPC if is_full else errno.EIO, code) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EIO, type(error).__name__) from error


class BucketFile(S3File):
    """What is read of it comes at the first word, not when it is opened."""

    def _get_file(self):
        with told_like_a_disk():
            return super()._get_file()

    file = property(_get_file, S3File._set_file)


class BucketStorage(S3Storage):
    """Names are random, so that none is ever taken, and nothing is public."""

    def __init__(self, **settings):
        config = Config(
            connect_timeout=2,
            read_timeout=10,
            retries={"total_max_attempts": 2},
            # Servers of one's own have no name for each bucket.
            s3={"addressing_style": "path" if settings.get("endpoint_url") else "auto"},
        )
        usual = {"client_config": config, "file_overwrite": True, "default_acl": None}
        super().__init__(**usual | settings)

    def _open(self, name, mode="rb"):
        with told_like_a_disk():
            return self._opened(name, mode)

    def _opened(self, name, mode):
        try:
            return BucketFile(self._normalize_name(name), mode, self)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(errno.ENOENT, name) from error
            raise

    def _save(self, name, content):
        with told_like_a_disk():
            return super()._save(name, content)

    def delete(self, name):
        with told_like_a_disk():
            super().delete(name)

    def exists(self, name):
        with told_like_a_disk():
            return super().exists(name)

    def size(self, name):
        with told_like_a_disk():
            return super().size(name)

    def listdir(self, name):
        with told_like_a_disk():
            return super().listdir(name)

    def get_modified_time(self, name):
        with told_like_a_disk():
            return super().get_modified_time(name)
