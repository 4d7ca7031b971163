/** The node: configuration, start-up, listeners and embedding. */
@NullMarked
package io.memring.server;

import org.jspecify.annotations.NullMarked;
