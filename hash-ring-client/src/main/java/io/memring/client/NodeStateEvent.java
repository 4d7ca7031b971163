package io.memring.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A change of a connection in a recording of the Flight Recorder. */
@Name("io.memring.client.NodeState")
@Label("Node State")
@Description("A connection to a memcached node has changed its state")
@Category({"Memring", "Client"})
@StackTrace(false)
final class NodeStateEvent extends Event {
    @Label("Node")
    String node = "";

    @Label("From")
    String from = "";

    @Label("To")
    String to = "";

    @Label("Cause")
    String cause = "";
}
