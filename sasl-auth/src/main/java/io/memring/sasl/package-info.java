/** SASL mechanisms and credential stores; their turn comes later, nothing is here yet. */
@NullMarked
package io.memring.sasl;

import org.jspecify.annotations.NullMarked;
