package uz.koprik.gateway.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.Config;
import uz.koprik.indicators.store.Entry;

/** Records spans by OpenTelemetry and exports them by OTLP over HTTP. */
final class OpenTelemetryTracing implements Tracing {

    private static final Duration EXPORT_EVERY = Duration.ofSeconds(1);

    /** Stored objects whose traces continue when they are pushed; older ones are forgotten. */
    private static final int REMEMBERED = 10_000;

    /** W3C Trace Context, section 3.2. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

    private final SpanExport export;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final double ratio;
    private final boolean sendToPartners;
    private final Map<Long, SpanContext> objects = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SpanContext> eldest) {
            return size() > REMEMBERED;
        }
    };

    private OpenTelemetryTracing(String centre, Config.Tracing config, SpanExport export) {
        this.export = export;
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "koprik",
                        AttributeKey.stringKey("koprik.centre"),
                        centre)))
                .addSpanProcessor(export)
                .build();
        this.tracer = provider.get("uz.koprik");
        this.ratio = config.ratio();
        this.sendToPartners = config.sendToPartners();
    }

    static Tracing open(String centre, Config.Tracing config, CentreThreads threads) {
        SpanExport export = SpanExport.to(config.endpoint());
        threads.every("traces", EXPORT_EVERY, export::export);
        return new OpenTelemetryTracing(centre, config, export);
    }

    @Override
    public boolean on() {
        return true;
    }

    @Override
    public Span begin(String name, Optional<String> sender) {
        if (ThreadLocalRandom.current().nextDouble() >= ratio) {
            return Span.NONE;
        }
        SpanBuilder builder = tracer.spanBuilder(name).setNoParent().setSpanKind(SpanKind.SERVER);
        sender.flatMap(OpenTelemetryTracing::parse).ifPresent(builder::addLink);
        return new RecordedSpan(this, builder.startSpan(), Instants.now());
    }

    private static Optional<SpanContext> parse(String traceparent) {
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches()
                ? Optional.of(SpanContext.createFromRemoteParent(
                        matcher.group(1),
                        matcher.group(2),
                        TraceFlags.fromHex(matcher.group(3), 0),
                        TraceState.getDefault()))
                : Optional.empty();
    }

    /** A child of a span, which may have ended. */
    SpanBuilder child(String name, SpanContext parent) {
        return tracer.spanBuilder(name).setParent(Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent)));
    }

    Optional<String> header(SpanContext context) {
        return sendToPartners
                ? Optional.of("00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                        + context.getTraceFlags().asHex())
                : Optional.empty();
    }

    void remember(long seq, SpanContext object) {
        synchronized (objects) {
            objects.put(seq, object);
        }
    }

    private Optional<SpanContext> object(long seq) {
        synchronized (objects) {
            return Optional.ofNullable(objects.get(seq));
        }
    }

    @Override
    public void decided(String partner, long startedNanos, long after, long to, List<Entry> released) {
        long end = Instants.now();
        long start = end - (System.nanoTime() - startedNanos);
        Map<Long, SpanContext> traced = new LinkedHashMap<>();
        synchronized (objects) {
            for (Map.Entry<Long, SpanContext> one : objects.entrySet()) {
                if (one.getKey() > after && one.getKey() <= to && traced.size() < MOST_OBJECTS) {
                    traced.put(one.getKey(), one.getValue());
                }
            }
        }
        if (traced.isEmpty()) {
            return;
        }
        Set<Long> gone = new LinkedHashSet<>();
        released.forEach(entry -> gone.add(entry.seq()));
        traced.forEach((seq, object) -> child("release", object)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .setAttribute("koprik.partner", partner)
                .setAttribute("koprik.released", gone.contains(seq))
                .startSpan()
                .end(end, TimeUnit.NANOSECONDS));
    }

    @Override
    public PushSpan push(String partner, List<Entry> entries) {
        Map<Entry, SpanContext> traced = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (traced.size() == MOST_OBJECTS) {
                break;
            }
            object(entry.seq()).ifPresent(object -> traced.put(entry, object));
        }
        if (traced.isEmpty()) {
            return PushSpan.NONE;
        }
        SpanBuilder builder = tracer.spanBuilder("push")
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("koprik.partner", partner)
                .setAttribute("koprik.objects", entries.size());
        traced.values().forEach(builder::addLink);
        RecordedSpan request = new RecordedSpan(this, builder.startSpan(), Instants.now());
        Map<String, io.opentelemetry.api.trace.Span> pushed = new LinkedHashMap<>();
        traced.forEach((entry, object) -> pushed.put(
                entry.facts().id(),
                child("push.object", object)
                        .setSpanKind(SpanKind.CLIENT)
                        .addLink(request.context())
                        .setAttribute("koprik.partner", partner)
                        .setAttribute("koprik.object.id", entry.facts().id())
                        .startSpan()));
        return new RecordedPush(request, pushed);
    }

    @Override
    public void close() {
        export.flush();
        provider.close();
    }
}
