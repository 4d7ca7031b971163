/**
 * What a client does, in the metrics of OpenTelemetry, whose interface the application brings
 * along. Names are those of the semantic conventions for databases; keys are never among the
 * attributes.
 */
@NullMarked
package io.memring.client.opentelemetry;

import org.jspecify.annotations.NullMarked;
