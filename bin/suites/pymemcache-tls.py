"""pymemcache over each version of TLS: pymemcache-tls.py PORT AUTHORITIES"""

import ssl
import sys

from pymemcache.client.base import Client, PooledClient

PORT, AUTHORITIES = int(sys.argv[1]), sys.argv[2]


def checks(client):
    """What is done, what it gives, and what it should give."""
    many = {"key%d" % i: b"%d" % i for i in range(500)}
    large = b"x" * 900000
    client.flush_all()
    yield "set", client.set("key", b"value", noreply=False), True
    yield "get", client.get("key"), b"value"
    yield "append", client.append("key", b"s", noreply=False), True
    yield "gets", client.gets("key")[0], b"values"
    yield "set_many", client.set_many(many, noreply=False), []
    yield "get_many", client.get_many(list(many)), many
    yield "large set", client.set("large", large, noreply=False), True
    yield "large get", client.get("large"), large
    yield "incr", client.incr("key7", 3), 10
    yield "delete", client.delete("key", noreply=False), True
    yield "version", client.version()[:2], b"1."
    yield "stats", b"ssl_proto_errors" in client.stats(), True


for kind in Client, PooledClient:
    for version in ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3:
        context = ssl.create_default_context(cafile=AUTHORITIES)
        context.minimum_version = context.maximum_version = version
        client = kind(("127.0.0.1", PORT), tls_context=context)
        for name, got, wanted in checks(client):
            title = "%s of %s over %s" % (name, kind.__name__, version.name)
            print("ok", title) if got == wanted else print("not ok", title, repr(got)[:200])
        client.close()
