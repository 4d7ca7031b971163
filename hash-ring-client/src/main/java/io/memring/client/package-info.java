/** The ring client; its turn comes later, nothing is here yet. */
@NullMarked
package io.memring.client;

import org.jspecify.annotations.NullMarked;
