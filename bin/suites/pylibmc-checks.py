"""What pylibmc can do: pylibmc-checks.py OPEN-PORT SASL-PORT USER PASSWORD"""

import os
import sys
import threading
import unittest
import warnings

import pylibmc

OPEN = "127.0.0.1:" + sys.argv[1]
GUARDED = "127.0.0.1:" + sys.argv[2]
USER, PASSWORD = sys.argv[3:5]


def log_in(user, password):
    return pylibmc.Client([GUARDED], binary=True, username=user, password=password, behaviors={"cas": True})


class Contract:
    """What works in every protocol; each test begins with an empty cache."""

    def setUp(self):
        self.client = self.connect()
        self.client.flush_all()

    def tearDown(self):
        self.client.disconnect_all()

    def test_types_come_back(self):
        texts = ["text", "", "öäü ☃", b"\0\r\nEND\r\n\xff"]
        for value in texts + [7, 1 << 40, -3, True, 2.5, [1, {"a": None}]]:
            self.assertTrue(self.client.set("key", value))
            self.assertEqual(self.client.get("key"), value)

    def test_missing_is_none_or_the_default(self):
        self.assertIsNone(self.client.get("none"))
        self.assertEqual(self.client.get("none", "default"), "default")

    def test_large_value(self):
        value = os.urandom(900000)
        self.assertTrue(self.client.set("key", value))
        self.assertEqual(self.client.get("key"), value)

    def test_too_large_value_fails_and_the_connection_goes_on(self):
        with self.assertRaises(pylibmc.Error):
            self.client.set("key", os.urandom(1 << 20))
        self.assertTrue(self.client.set("key", "small"))
        self.assertEqual(self.client.get("key"), "small")

    def test_compression(self):
        value = "compressible " * 20000
        self.assertTrue(self.client.set("key", value, min_compress_len=1000, compress_level=9))
        self.assertEqual(self.client.get("key"), value)

    def test_add_and_replace(self):
        try:
            self.assertFalse(self.client.replace("key", "a"))
        except pylibmc.NotFound:
            pass  # So it is in the binary protocol.
        self.assertTrue(self.client.add("key", "b"))
        self.assertFalse(self.client.add("key", "c"))
        self.assertEqual(self.client.get("key"), "b")
        self.assertTrue(self.client.replace("key", "d"))
        self.assertEqual(self.client.get("key"), "d")

    def test_append_and_prepend(self):
        self.assertFalse(self.client.append("key", "x"))
        self.assertFalse(self.client.prepend("key", "x"))
        self.client.set("key", "middle")
        self.assertTrue(self.client.append("key", "-end"))
        self.assertTrue(self.client.prepend("key", "begin-"))
        self.assertEqual(self.client.get("key"), "begin-middle-end")

    def test_cas(self):
        self.client.set("key", "first")
        value, unique = self.client.gets("key")
        self.assertEqual(value, "first")
        self.assertTrue(self.client.cas("key", "second", unique))
        self.assertFalse(self.client.cas("key", "third", unique))
        self.assertEqual(self.client.get("key"), "second")
        with self.assertRaises(pylibmc.NotFound):
            self.client.cas("none", "x", unique)
        self.assertEqual(self.client.gets("none"), (None, None))

    def test_incr_and_decr(self):
        self.client.set("key", 10)
        self.assertEqual(self.client.incr("key"), 11)
        self.assertEqual(self.client.incr("key", 1 << 30), 11 + (1 << 30))
        self.assertEqual(self.client.decr("key", 1 << 30), 11)
        self.assertEqual(self.client.decr("key", 100), 0)
        for count in self.client.incr, self.client.decr:
            with self.assertRaises(pylibmc.NotFound):
                count("none")
        self.client.set("text", "text")
        with self.assertRaises(pylibmc.Error):
            self.client.incr("text")

    def test_incr_multi(self):
        self.client.set_multi({"a": 1, "b": 2})
        self.client.incr_multi(["a", "b"], delta=5)
        self.assertEqual(self.client.get_multi(["a", "b"]), {"a": 6, "b": 7})

    def test_delete(self):
        self.assertFalse(self.client.delete("key"))
        self.client.set("key", "x")
        self.assertTrue(self.client.delete("key"))
        self.assertIsNone(self.client.get("key"))

    def test_many_keys(self):
        some = {"key%d" % i: "value%d" % i for i in range(1000)}
        self.assertEqual(self.client.set_multi(some), [])
        self.assertEqual(self.client.get_multi(list(some) + ["none"]), some)
        self.assertEqual(sorted(self.client.add_multi({"key1": "x", "new": "y"})), ["key1"])
        self.assertEqual(self.client.get("new"), "y")
        self.assertTrue(self.client.delete_multi(list(some)))
        self.assertEqual(self.client.get_multi(list(some)), {})

    def test_key_prefixes(self):
        self.client.set_multi({"a": 1}, key_prefix="shop:")
        self.assertEqual(self.client.get("shop:a"), 1)
        self.assertEqual(self.client.get_multi(["a"], key_prefix="shop:"), {"a": 1})
        self.assertTrue(self.client.delete_multi(["a"], key_prefix="shop:"))

    def test_expiry(self):
        self.client.set("past", "x", time=1000000000)
        self.assertIsNone(self.client.get("past"))
        self.client.set("key", "x", time=600)
        self.assertEqual(self.client.get("key"), "x")
        self.assertTrue(self.client.touch("key", 1200))
        self.assertEqual(self.client.get("key"), "x")
        self.assertTrue(self.client.touch("key", 1000000000))
        self.assertIsNone(self.client.get("key"))
        self.assertFalse(self.client.touch("none", 600))

    def test_keys_of_all_lengths(self):
        for length in 1, 100, 250:
            self.client.set("k" * length, length)
            self.assertEqual(self.client.get("k" * length), length)
        with self.assertRaises(Exception):
            self.client.set("k" * 251, "x")

    def test_flush_all(self):
        self.client.set("key", "x")
        self.assertTrue(self.client.flush_all())
        self.assertIsNone(self.client.get("key"))

    def test_stats(self):
        (_, general), = self.client.get_stats()
        self.assertGreater(int(general["pid"]), 0)
        self.assertIn("curr_items", general)

    def test_behaviours(self):
        for behaviour in {"no_block": True}, {"tcp_nodelay": True}, {"ketama": True}:
            client = self.client.clone()
            client.behaviors.update(behaviour)
            self.assertTrue(client.set("key", str(behaviour)))
            self.assertEqual(self.client.get("key"), str(behaviour))

    def test_threads_over_a_pool(self):
        self.client.set("sum", 0)
        pool = pylibmc.ThreadMappedPool(self.client)

        def work(worker):
            for i in range(200):
                with pool.reserve() as mine:
                    own = "own-%d-%d" % (worker, i % 10)
                    mine.set(own, i)
                    assert mine.get(own) == i
                    mine.incr("sum")
            pool.relinquish()

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(self.client.get("sum"), 800)

    def test_reconnects(self):
        self.client.set("key", "x")
        self.client.disconnect_all()
        self.assertEqual(self.client.get("key"), "x")


class Text(Contract, unittest.TestCase):
    def connect(self):
        return pylibmc.Client([OPEN], behaviors={"cas": True})


class Binary(Contract, unittest.TestCase):
    def connect(self):
        return pylibmc.Client([OPEN], binary=True, behaviors={"cas": True})


class Sasl(Contract, unittest.TestCase):
    def connect(self):
        return log_in(USER, PASSWORD)


class Strangers(unittest.TestCase):
    def setUp(self):
        self.friend = log_in(USER, PASSWORD)
        self.assertTrue(self.friend.set("key", "secret"))

    def tearDown(self):
        self.assertEqual(self.friend.get("key"), "secret")

    def assert_refused(self, stranger):
        with self.assertRaises(pylibmc.Error):
            stranger.set("key", "changed")
        try:
            self.assertIsNone(stranger.get("key"))
        except pylibmc.Error:
            pass  # Which of the two happens depends on how the login failed.

    def test_wrong_password(self):
        self.assert_refused(log_in(USER, "wrong"))

    def test_unknown_user(self):
        self.assert_refused(log_in("nobody", PASSWORD))

    def test_no_login(self):
        self.assert_refused(pylibmc.Client([GUARDED], binary=True))

    def test_text(self):
        self.assert_refused(pylibmc.Client([GUARDED]))


class Lines(unittest.TestResult):
    """Prints a line for each test."""

    def addSuccess(self, test):
        print("ok", test.id(), flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        print("not ok", test.id(), self.failures[-1][1], flush=True)

    def addError(self, test, error):
        super().addError(test, error)
        print("not ok", test.id(), self.errors[-1][1], flush=True)


warnings.simplefilter("ignore")
unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__]).run(Lines())
