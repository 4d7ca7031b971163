package io.memring.load.report;

import io.memring.load.result.Latencies;
import io.memring.load.result.LoadException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Results as JSON, complete: what is read back equals what was written. Sets of latencies carry
 * their histogram, in HdrHistogram's compressed encoding and Base64, and beside it the figures that
 * people ask for, which are not read back.
 *
 * <pre>
 *  {"format": "memring-load", "version": 1,
 *   "sides": [{"name": …, "rounds": [{"setup": …, "intervals": […], "totals": …, …}]}]}
 * </pre>
 */
final class ResultFile {

    private static final String FORMAT = "memring-load";
    private static final int VERSION = 1;
    private static final String HISTOGRAM = "histogram";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Latencies.class, new LatenciesWriter())
                                    .addDeserializer(Latencies.class, new LatenciesReader()))
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    private ResultFile() {}

    private record Document(String format, int version, List<Side> sides) {
        Document {
            sides = List.copyOf(sides);
        }
    }

    /** The document, with a line feed at its end. */
    static String write(List<Side> sides) {
        return MAPPER.writeValueAsString(new Document(FORMAT, VERSION, sides)) + '\n';
    }

    /** Reads what {@link #write} has written. */
    static List<Side> read(Path file) throws LoadException {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new LoadException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new LoadException(file + " is not a result that --json has written", e);
        }
    }

    private static List<Side> parse(String json) {
        Document document = MAPPER.readValue(json, Document.class);
        boolean ours =
                document != null
                        && FORMAT.equals(document.format())
                        && document.version() == VERSION
                        && !document.sides().isEmpty();
        if (!ours) {
            throw new IllegalArgumentException("another format");
        }
        return document.sides();
    }

    private static final class LatenciesWriter extends ValueSerializer<Latencies> {
        @Override
        public void serialize(
                Latencies latencies, JsonGenerator out, SerializationContext context) {
            LatencySummary summary = LatencySummary.of(latencies);
            out.writeStartObject();
            out.writeNumberProperty("count", latencies.count());
            out.writeNumberProperty("meanNanos", summary.mean());
            out.writeNumberProperty("p50Nanos", summary.p50());
            out.writeNumberProperty("p90Nanos", summary.p90());
            out.writeNumberProperty("p99Nanos", summary.p99());
            out.writeNumberProperty("p999Nanos", summary.p999());
            out.writeNumberProperty("maxNanos", summary.max());
            out.writeStringProperty(
                    HISTOGRAM, Base64.getEncoder().encodeToString(latencies.encoded()));
            out.writeEndObject();
        }
    }

    private static final class LatenciesReader extends ValueDeserializer<Latencies> {
        @Override
        public Latencies deserialize(JsonParser in, DeserializationContext context) {
            JsonNode object = context.readTree(in);
            return Latencies.decode(Base64.getDecoder().decode(object.path(HISTOGRAM).asString()));
        }
    }
}
