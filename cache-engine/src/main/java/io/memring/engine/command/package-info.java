/**
 * What a worker asks of a stripe and what comes back: one reusable {@link Command} and its enums.
 */
@NullMarked
package io.memring.engine.command;

import org.jspecify.annotations.NullMarked;
