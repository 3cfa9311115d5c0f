"""Files in an S3 bucket, where every host sees them; POKMAS_S3_BUCKET turns it on."""

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    NoCredentialsError,
)
from django.core.files.base import File
from django.core.files.storage import Storage

from pokmas.documents.waiting import Line
from pokmas.server.outage import StoreFailed

IN_MEMORY = 1024**2
SETTINGS = {
    "connect_timeout": 2,
    "read_timeout": 15,
    "retries": {"total_max_attempts": 1},
    "max_pool_connections": 20,
    "signature_version": "s3v4",
    # The newer checksums only some servers know; the signature holds one that all do.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


class BucketStorage(Storage):
    """Names are random, so that none is ever taken, and nothing is public.

    An object is stored whole or not at all. Every refusal is a StoreFailed, and nobody
    waits long for one.
    """

    def __init__(
        self,
        bucket_name: str,
        endpoint_url: str | None = None,
        region_name: str | None = None,
        access_key: str | None = None,
        secret_key: str | None = None,
        prefix: str = "",
    ):
        self.bucket_name, self.prefix = bucket_name, prefix and f"{prefix}/"
        # Servers of one's own have no name for each bucket.
        style = {"addressing_style": "path" if endpoint_url else "auto"}
        self._settings = {
            "endpoint_url": endpoint_url,
            "region_name": region_name,
            "aws_access_key_id": access_key,
            "aws_secret_access_key": secret_key,
            "config": Config(s3=style | {"payload_signing_enabled": True}, **SETTINGS),
        }
        self._line, self._guard = Line(), threading.Lock()
        self._client, self._owner = None, None

    @property
    def client(self):
        """Made anew in a forked process: two must not talk on one line."""
        with self._guard:
            if self._owner != os.getpid():
                self._client = boto3.client("s3", **self._settings)
                self._owner, self._line = os.getpid(), Line()
            return self._client

    def fetch(self, name: str) -> tuple[IO[bytes], int]:
        """An object, here and whole, and its size.

        Whatever goes wrong is known before a part of it was sent on.
        """
        answer = self._ask("get_object", name)
        body, size = answer["Body"], answer["ContentLength"]

        def copied():
            file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
            with _in_words(name):
                shutil.copyfileobj(body, file)
            file.seek(0)
            return file

        return self._line.ask(copied, size), size

    def get_available_name(self, name, max_length=None):
        return name

    def exists(self, name):
        try:
            self._ask("head_object", name)
        except FileNotFoundError:
            return False
        return True

    def delete(self, name):
        self._ask("delete_object", name)

    def size(self, name):
        return self._ask("head_object", name)["ContentLength"]

    def get_modified_time(self, name):
        return self._ask("head_object", name)["LastModified"]

    def listdir(self, path):
        """The names of the folders and of the files in a folder."""
        prefix = self._key(f"{path}/" if path else "")
        folders, files = [], []
        for page in self._pages(prefix):
            folders += [row["Prefix"] for row in page.get("CommonPrefixes", [])]
            files += [row["Key"] for row in page.get("Contents", [])]
        return (
            [folder.removeprefix(prefix).rstrip("/") for folder in folders],
            [file.removeprefix(prefix) for file in files],
        )

    def _open(self, name, mode="rb"):
        return Fetched(self, name)

    def _save(self, name, content):
        self._ask("put_object", name, size=content.size, Body=content)
        return name

    def _pages(self, prefix: str) -> Iterator[dict]:
        more: dict = {}
        while more is not None:
            page = self._listed(prefix, more)
            yield page
            following = page.get("NextContinuationToken")
            more = {"ContinuationToken": following} if following else None

    def _listed(self, prefix: str, more: dict) -> dict:
        return self._asked(
            "list_objects_v2", prefix, Prefix=prefix, Delimiter="/", **more
        )

    def _ask(self, what: str, name: str, *, size: int = 0, **more) -> dict:
        return self._asked(what, name, size, Key=self._key(name), **more)

    def _asked(self, what: str, name: str, size: int = 0, **words) -> dict:
        """Have the server do `what`; FileNotFoundError if it has no such object."""
        ask = getattr(self.client, what)

        def asked():
            if "Body" in words:
                words["Body"].seek(0)
            return ask(Bucket=self.bucket_name, **words)

        def asked_again():
            with _in_words(name):
                try:
                    return asked()
                except ConnectionClosedError:
                    # Held open from the question before, and closed by then.
                    return asked()

        return self._line.ask(asked_again, size)

    def _key(self, name: str) -> str:
        return self.prefix + name


class Fetched(File):
    """A file of a bucket; opened again after it was closed, it is fetched again."""

    def __init__(self, bucket: BucketStorage, name: str):
        file, self.size = bucket.fetch(name)
        super().__init__(file, name)
        self.bucket = bucket

    def open(self, mode="rb"):
        if self.closed:
            self.file, self.size = self.bucket.fetch(self.name)
        self.seek(0)
        return self


@contextmanager
def _in_words(name: str):
    try:
        yield
    except ClientError as error:
        raise _failure(error.response, name) from error
    except NoCredentialsError as error:
        raise StoreFailed("forbidden", str(error)) from error
    except BotoCoreError as error:
        raise StoreFailed("away", str(error)) from error


def _failure(answer: dict, name: str) -> OSError:
    code = answer.get("Error", {}).get("Code", "")
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code == "NoSuchBucket":
        return StoreFailed("missing", code)
    if status == 404:
        return FileNotFoundError(name)
    if status == 403:
        return StoreFailed("forbidden", code)
    # No two servers call it by one name.
    if status == 507 or any(word in code for word in ("Full", "Quota", "Insufficient")):
        return StoreFailed("full", code)
    return StoreFailed("away" if status >= 500 else "failed", f"{status} {code}")
