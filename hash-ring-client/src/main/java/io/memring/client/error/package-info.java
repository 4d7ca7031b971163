/**
 * What can go wrong, as exceptions that say where, how far the request had come, and whether to try
 * again. Misses and conflicts are results, never exceptions.
 */
@NullMarked
package io.memring.client.error;

import org.jspecify.annotations.NullMarked;
