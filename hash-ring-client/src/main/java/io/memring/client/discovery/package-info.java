/**
 * Where the nodes are: what finds them and keeps finding them while they come and go, and what
 * finds the addresses of their hosts. Everything here may block and is asked on threads of its own,
 * never on an event loop.
 */
@NullMarked
package io.memring.client.discovery;

import org.jspecify.annotations.NullMarked;
