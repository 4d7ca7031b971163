package io.memring.server.connection;

import io.netty.channel.Channel;

/**
 * What another thread sees of a connection: perhaps not the very latest.
 *
 * @param channel its socket
 * @param state what it is doing, in memcached's words
 * @param lastReadSecond when something was received last, on the clock of items
 */
public record ConnectionView(Channel channel, String state, int lastReadSecond) {}
