/**
 * What a client does, in the meters of Micrometer, which the application brings along. Keys are
 * never among the tags.
 */
@NullMarked
package io.memring.client.micrometer;

import org.jspecify.annotations.NullMarked;
