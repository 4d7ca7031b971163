/** A near cache by Caffeine, which the application brings along. */
@NullMarked
package io.memring.client.caffeine;

import org.jspecify.annotations.NullMarked;
