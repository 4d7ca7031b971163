/** Clients that people use, driven over every command they have. */
@NullMarked
package io.memring.server.clients;

import org.jspecify.annotations.NullMarked;
