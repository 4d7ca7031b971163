/** Values in JSON by Jackson, which the application brings along. */
@NullMarked
package io.memring.client.jackson;

import org.jspecify.annotations.NullMarked;
