package io.memring.server.connection;

import io.memring.sasl.Account;
import io.memring.sasl.Permissions;
import io.memring.server.dispatch.BinarySession;
import io.memring.server.dispatch.LoginHost;
import io.memring.server.dispatch.Logins;
import io.memring.server.dispatch.ProtocolSession;
import io.memring.server.dispatch.ReplyBuffer;
import io.memring.server.dispatch.Step;
import io.memring.server.dispatch.TextSession;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/** Opens the sessions of a connection, and is what they see of it while its client logs in. */
final class ClientLogin implements LoginHost {
    private final Connection connection;
    private final Worker worker;
    private final Channel channel;
    private final ReplyBuffer replies;
    private final boolean binary;

    private ClientLogin(
            Connection connection,
            Worker worker,
            Channel channel,
            ReplyBuffer replies,
            boolean binary) {
        this.connection = connection;
        this.worker = worker;
        this.channel = channel;
        this.replies = replies;
        this.binary = binary;
    }

    /** The session that a client begins with. */
    static ProtocolSession begin(
            Connection connection,
            Worker worker,
            Channel channel,
            ReplyBuffer replies,
            boolean binary) {
        ClientLogin login = new ClientLogin(connection, worker, channel, replies, binary);
        Logins logins = worker.dispatch().node().logins();
        ProtocolSession first = logins == null ? null : logins.firstSession(binary, login, replies);
        return first == null ? login.newSession(Permissions.ALL) : first;
    }

    private ProtocolSession newSession(Permissions permissions) {
        ByteBufAllocator allocator = channel.alloc();
        return binary
                ? new BinarySession(worker.dispatch(), replies, allocator, connection, this)
                : new TextSession(worker.dispatch(), replies, allocator, connection, permissions);
    }

    @Override
    public @Nullable InetAddress clientAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress()
                : null;
    }

    @Override
    public @Nullable String certifiedUser() {
        return CertifiedUser.of(channel);
    }

    @Override
    public void resume(Supplier<Step> rest) {
        connection.resume(rest);
    }

    @Override
    public void countLogin(LoginResult result) {
        worker.count(ConnectionStat.AUTH_CMDS, 1);
        switch (result) {
            case ACCEPTED -> {}
            case REFUSED -> worker.count(ConnectionStat.AUTH_ERRORS, 1);
            case THROTTLED -> {
                worker.count(ConnectionStat.AUTH_ERRORS, 1);
                worker.count(ConnectionStat.AUTH_THROTTLED, 1);
            }
        }
    }

    /** A binary session logs in by itself; after a login in text another session takes over. */
    @Override
    public void loggedIn(Account account) {
        if (!binary) {
            connection.goOnWith(newSession(account.permissions()));
        }
    }
}
