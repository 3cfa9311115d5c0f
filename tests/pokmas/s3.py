"""A server that speaks S3, from a package, and a portal with its files there."""

import logging
import uuid

import boto3
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)
KEY, SECRET, REGION, PREFIX = "kunci", "rahasia", "us-east-1", "portal"
# Nobody listens there.
CLOSED = "http://127.0.0.1:9"


class Server:
    """One for all tests of a process."""

    def __init__(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        self.server.start()
        host, port = self.server.get_host_and_port()
        self.endpoint = f"http://{host}:{port}"
        keys = {"aws_access_key_id": KEY, "aws_secret_access_key": SECRET}
        self.client = boto3.client("s3", REGION, endpoint_url=self.endpoint, **keys)

    def bucket(self, settings) -> "Bucket":
        name = f"berkas-{uuid.uuid4().hex}"
        self.client.create_bucket(Bucket=name)
        return Bucket(self, settings, name)


class Bucket:
    """One of a test, and what the portal is told of it."""

    def __init__(self, server: Server, settings, name: str):
        self.server, self.settings, self.name = server, settings, name

    def use(self, **changed) -> None:
        """The portal keeps its files there, or says `changed` of where that is."""
        options = {
            "bucket_name": self.name,
            "endpoint_url": self.server.endpoint,
            "region_name": REGION,
            "access_key": KEY,
            "secret_key": SECRET,
            "prefix": PREFIX,
        }
        backend = "pokmas.documents.bucket.BucketStorage"
        default = {"BACKEND": backend, "OPTIONS": options | changed}
        self.settings.S3_BUCKET = self.name
        self.settings.STORAGES = self.settings.STORAGES | {"default": default}

    def leave(self) -> None:
        """It cannot be reached any more."""
        self.use(endpoint_url=CLOSED)

    def objects(self) -> set[str]:
        """What the portal has there, by its own names."""
        found = self.server.client.list_objects_v2(Bucket=self.name)
        keys = [row["Key"] for row in found.get("Contents", [])]
        return {key.removeprefix(f"{PREFIX}/") for key in keys}

    def environment(self, **changed) -> dict[str, str]:
        """The same as a program of its own is told."""
        return {
            "POKMAS_S3_BUCKET": self.name,
            "POKMAS_S3_ENDPOINT": self.server.endpoint,
            "POKMAS_S3_REGION": REGION,
            "POKMAS_S3_ACCESS_KEY": KEY,
            "POKMAS_S3_SECRET_KEY": SECRET,
            "POKMAS_S3_PREFIX": PREFIX,
            **changed,
        }
