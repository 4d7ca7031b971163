package io.memring.client.pattern;

/** A value and when the first one of its kind was stored, in milliseconds since 1970. */
record Stamped<S>(long createdMillis, S value) {}
