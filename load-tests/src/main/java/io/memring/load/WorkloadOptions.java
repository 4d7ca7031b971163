package io.memring.load;

import io.memring.load.workload.CommandMix;
import io.memring.load.workload.Popularity;
import io.memring.load.workload.Trace;
import io.memring.load.workload.TraceFormat;
import io.memring.load.workload.TraceReader;
import io.memring.load.workload.Ttls;
import io.memring.load.workload.ValueSizes;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Map;

/** The options about what is asked for. */
final class WorkloadOptions {

    @Option(
            names = {"-k", "--keys"},
            paramLabel = "N",
            converter = Amount.class,
            defaultValue = "100k",
            description = "how many keys there are (${DEFAULT-VALUE})")
    private long keys;

    @Option(
            names = "--key-prefix",
            paramLabel = "TEXT",
            defaultValue = "load:",
            description = "what keys begin with (${DEFAULT-VALUE})")
    private String keyPrefix = "load:";

    @Option(
            names = "--key-length",
            paramLabel = "N",
            defaultValue = "0",
            description = "bytes of a key, made up with zeros")
    private int keyLength;

    @Option(
            names = {"-z", "--popularity"},
            paramLabel = "FORM",
            defaultValue = "uniform",
            description = {
                "of keys: uniform, zipf:THETA, hot:KEYS%%:REQUESTS%%, sequential",
                "(${DEFAULT-VALUE})"
            })
    private String popularity = "uniform";

    @Option(
            names = {"-s", "--value-size"},
            paramLabel = "FORM",
            defaultValue = "100",
            description = {
                "bytes: SIZE[-SIZE][:WEIGHT],…, or @FILE with one such range a line",
                "(${DEFAULT-VALUE})"
            })
    private String valueSize = "100";

    @Option(
            names = "--ttl",
            paramLabel = "TIME[-TIME]",
            defaultValue = "0",
            description = "of items; 0 for ever (${DEFAULT-VALUE})")
    private String ttl = "0";

    @Option(
            names = {"-m", "--mix"},
            paramLabel = "KIND=N,…",
            defaultValue = "get=90,set=10",
            description = {
                "commands and their weights: get, multiget, set, delete, incr, cas, touch",
                "(${DEFAULT-VALUE})"
            })
    private String mix = "get=90,set=10";

    @Option(
            names = "--multiget-keys",
            paramLabel = "N",
            defaultValue = "20",
            description = "keys of a multiget (${DEFAULT-VALUE})")
    private int multigetKeys;

    @Option(
            names = "--set-on-miss",
            negatable = true,
            fallbackValue = "true",
            description = "store what a get misses, as a cache-aside does (traces: yes)")
    private @Nullable Boolean setOnMiss;

    @Option(
            names = "--fill",
            negatable = true,
            fallbackValue = "true",
            description = "store every key first (yes; traces: no)")
    private @Nullable Boolean fill;

    @Option(
            names = "--verify",
            negatable = true,
            fallbackValue = "true",
            description = "check every value that is fetched (yes)")
    private @Nullable Boolean verify;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "replay recorded requests; - for the standard input, .gz is unpacked")
    private @Nullable String trace;

    @Option(
            names = "--trace-format",
            paramLabel = "NAME",
            defaultValue = "ids",
            description =
                    "ids, sized, csv, twitter, arc, int32, int64 or oracle (${DEFAULT-VALUE})")
    private String traceFormat = "ids";

    boolean isTraced() {
        return trace != null;
    }

    boolean fill() {
        return fill == null ? !isTraced() : fill;
    }

    Workload workload() {
        return new Workload(
                keys,
                keyPrefix,
                keyLength,
                Popularity.parse(popularity),
                ValueSizes.parse(valueSize),
                Ttls.parse(ttl),
                CommandMix.parse(mix),
                multigetKeys,
                setOnMiss == null ? isTraced() : setOnMiss,
                verify == null || verify,
                readTrace());
    }

    private @Nullable Trace readTrace() {
        return trace == null
                ? null
                : TraceReader.read(
                        trace,
                        TargetOptions.constant(TraceFormat.values(), traceFormat, "trace format"));
    }

    /** Adds all of them, in words. */
    static void describe(Workload workload, boolean fill, Map<String, String> settings) {
        Trace trace = workload.trace();
        if (trace == null) {
            settings.put("keys", Long.toString(workload.keys()));
            settings.put("popularity", workload.popularity().toString());
            settings.put("mix", workload.mix().toString());
        } else {
            settings.put("trace", trace.toString());
        }
        settings.put("key-length", Integer.toString(workload.keySpace().length()));
        settings.put("value-size", workload.sizes().toString());
        settings.put("ttl", workload.ttls().toString());
        settings.put("multiget-keys", Integer.toString(workload.multigetKeys()));
        settings.put("set-on-miss", Boolean.toString(workload.setOnMiss()));
        settings.put("fill", Boolean.toString(fill));
        settings.put("verify", Boolean.toString(workload.verify()));
    }
}
