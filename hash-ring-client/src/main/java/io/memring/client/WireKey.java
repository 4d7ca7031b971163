package io.memring.client;

/** A key as it goes over the wire, and the bytes that decide about its node. */
final class WireKey {
    final byte[] bytes;
    final boolean base64;
    final byte[] routing;

    WireKey(byte[] bytes, boolean base64, byte[] routing) {
        this.bytes = bytes;
        this.base64 = base64;
        this.routing = routing;
    }
}
