package io.memring.load.engine;

/** What a driver needs done by whoever owns the sockets. */
interface Outlet {

    /** Sends what the connection has encoded, now or as soon as the network takes it. */
    void flush(Connection connection);

    /**
     * Closes all connections of a client and opens them anew; the driver is told when it is done.
     */
    void reopen(Client client);
}
