package io.memring.client;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** A change of nodes in a recording of the Flight Recorder. */
@Name("io.memring.client.RingChange")
@Label("Ring Change")
@Description("Memcached nodes have come or gone")
@Category({"Memring", "Client"})
@StackTrace(false)
final class RingChangeEvent extends Event {
    @Label("Nodes Before")
    int nodesBefore;

    @Label("Nodes After")
    int nodesAfter;

    @Label("Moved Keys")
    @Percentage
    double moved;
}
